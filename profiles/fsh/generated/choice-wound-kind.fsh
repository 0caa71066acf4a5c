CodeSystem: WoundKindCodeSystem
Id: wound-kind
Title: "Red Bag wound kind"
Description: "Choice list of the Red Bag papers: wound kind."
* ^url = "https://w3id.org/redbag/CodeSystem/wound-kind"
* ^caseSensitive = true
* #pressure-ulcer "Pressure ulcer"
* #moisture-damage "Moisture damage"
* #skin-tear "Skin tear"
* #leg-ulcer "Leg ulcer"
* #bruise "Bruise"
* #surgical-wound "Surgical wound"
* #other "Other"

ValueSet: WoundKindValueSet
Id: wound-kind
Title: "Red Bag wound kind"
Description: "All codes of the choice list: wound kind."
* ^url = "https://w3id.org/redbag/ValueSet/wound-kind"
* include codes from system WoundKindCodeSystem
