CodeSystem: MedicineStatusCodeSystem
Id: medicine-status
Title: "Red Bag medicine status"
Description: "Choice list of the Red Bag papers: medicine status."
* ^url = "https://w3id.org/redbag/CodeSystem/medicine-status"
* ^caseSensitive = true
* #active "Taking"
* #on-hold "On hold"
* #stopped "Stopped"
* #completed "Course finished"

ValueSet: MedicineStatusValueSet
Id: medicine-status
Title: "Red Bag medicine status"
Description: "All codes of the choice list: medicine status."
* ^url = "https://w3id.org/redbag/ValueSet/medicine-status"
* include codes from system MedicineStatusCodeSystem
