CodeSystem: ConsciousnessCodeSystem
Id: consciousness
Title: "Red Bag consciousness"
Description: "Choice list of the Red Bag papers: consciousness."
* ^url = "https://w3id.org/redbag/CodeSystem/consciousness"
* ^caseSensitive = true
* #alert "Alert"
* #new-confusion "New or worse confusion"
* #usual-confusion "Confused as usual"
* #voice "Responds to voice"
* #pain "Responds to pain"
* #unresponsive "Unresponsive"
* #not-known "Not known"

ValueSet: ConsciousnessValueSet
Id: consciousness
Title: "Red Bag consciousness"
Description: "All codes of the choice list: consciousness."
* ^url = "https://w3id.org/redbag/ValueSet/consciousness"
* include codes from system ConsciousnessCodeSystem
