CodeSystem: MedicineKindCodeSystem
Id: medicine-kind
Title: "Red Bag medicine kind"
Description: "Choice list of the Red Bag papers: medicine kind."
* ^url = "https://w3id.org/redbag/CodeSystem/medicine-kind"
* ^caseSensitive = true
* #regular "Regular"
* #when-required "When required (PRN)"
* #variable "Variable dose"
* #short-course "Short course"
* #topical "Applied to the skin"
* #patch "Patch"
* #controlled-drug "Controlled drug"
* #covert "Given covertly"
* #time-critical "Time-critical"

ValueSet: MedicineKindValueSet
Id: medicine-kind
Title: "Red Bag medicine kind"
Description: "All codes of the choice list: medicine kind."
* ^url = "https://w3id.org/redbag/ValueSet/medicine-kind"
* include codes from system MedicineKindCodeSystem
