CodeSystem: MedicineChangeCodeSystem
Id: medicine-change
Title: "Red Bag medicine change"
Description: "Choice list of the Red Bag papers: medicine change."
* ^url = "https://w3id.org/redbag/CodeSystem/medicine-change"
* ^caseSensitive = true
* #started "Started"
* #stopped "Stopped"
* #changed "Changed"
* #unchanged "Unchanged"
* #on-hold "On hold"

ValueSet: MedicineChangeValueSet
Id: medicine-change
Title: "Red Bag medicine change"
Description: "All codes of the choice list: medicine change."
* ^url = "https://w3id.org/redbag/ValueSet/medicine-change"
* include codes from system MedicineChangeCodeSystem
