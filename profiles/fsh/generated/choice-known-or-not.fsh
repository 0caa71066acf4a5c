CodeSystem: KnownOrNotCodeSystem
Id: known-or-not
Title: "Red Bag known or not"
Description: "Choice list of the Red Bag papers: known or not."
* ^url = "https://w3id.org/redbag/CodeSystem/known-or-not"
* ^caseSensitive = true
* #yes "Known"
* #not-known "Not known"

ValueSet: KnownOrNotValueSet
Id: known-or-not
Title: "Red Bag known or not"
Description: "All codes of the choice list: known or not."
* ^url = "https://w3id.org/redbag/ValueSet/known-or-not"
* include codes from system KnownOrNotCodeSystem
