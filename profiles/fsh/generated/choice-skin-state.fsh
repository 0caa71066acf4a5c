CodeSystem: SkinStateCodeSystem
Id: skin-state
Title: "Red Bag skin state"
Description: "Choice list of the Red Bag papers: skin state."
* ^url = "https://w3id.org/redbag/CodeSystem/skin-state"
* ^caseSensitive = true
* #intact "Intact"
* #damage-found "Damage, listed here"
* #not-checked "Not checked"

ValueSet: SkinStateValueSet
Id: skin-state
Title: "Red Bag skin state"
Description: "All codes of the choice list: skin state."
* ^url = "https://w3id.org/redbag/ValueSet/skin-state"
* include codes from system SkinStateCodeSystem
