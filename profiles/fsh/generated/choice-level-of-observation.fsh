CodeSystem: LevelOfObservationCodeSystem
Id: level-of-observation
Title: "Red Bag level of observation"
Description: "Choice list of the Red Bag papers: level of observation."
* ^url = "https://w3id.org/redbag/CodeSystem/level-of-observation"
* ^caseSensitive = true
* #A "A, general"
* #B "B, intermittent (every 30 to 60 minutes)"
* #C "C, continuous, within eyesight"
* #D "D, continuous, by several professionals"

ValueSet: LevelOfObservationValueSet
Id: level-of-observation
Title: "Red Bag level of observation"
Description: "All codes of the choice list: level of observation."
* ^url = "https://w3id.org/redbag/ValueSet/level-of-observation"
* include codes from system LevelOfObservationCodeSystem
