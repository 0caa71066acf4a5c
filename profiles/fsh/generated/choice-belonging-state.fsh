CodeSystem: BelongingStateCodeSystem
Id: belonging-state
Title: "Red Bag belonging state"
Description: "Choice list of the Red Bag papers: belonging state."
* ^url = "https://w3id.org/redbag/CodeSystem/belonging-state"
* ^caseSensitive = true
* #present "Present"
* #missing "Missing"
* #damaged "Damaged"
* #replaced "Replaced"

ValueSet: BelongingStateValueSet
Id: belonging-state
Title: "Red Bag belonging state"
Description: "All codes of the choice list: belonging state."
* ^url = "https://w3id.org/redbag/ValueSet/belonging-state"
* include codes from system BelongingStateCodeSystem
