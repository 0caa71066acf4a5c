CodeSystem: AllergiesStateCodeSystem
Id: allergies-state
Title: "Red Bag allergies state"
Description: "Choice list of the Red Bag papers: allergies state."
* ^url = "https://w3id.org/redbag/CodeSystem/allergies-state"
* ^caseSensitive = true
* #known "Known, listed here"
* #none-known "No known allergies"
* #not-recorded "NOT RECORDED"

ValueSet: AllergiesStateValueSet
Id: allergies-state
Title: "Red Bag allergies state"
Description: "All codes of the choice list: allergies state."
* ^url = "https://w3id.org/redbag/ValueSet/allergies-state"
* include codes from system AllergiesStateCodeSystem
