CodeSystem: AirOrOxygenCodeSystem
Id: air-or-oxygen
Title: "Red Bag air or oxygen"
Description: "Choice list of the Red Bag papers: air or oxygen."
* ^url = "https://w3id.org/redbag/CodeSystem/air-or-oxygen"
* ^caseSensitive = true
* #air "Room air"
* #oxygen "Oxygen"

ValueSet: AirOrOxygenValueSet
Id: air-or-oxygen
Title: "Red Bag air or oxygen"
Description: "All codes of the choice list: air or oxygen."
* ^url = "https://w3id.org/redbag/ValueSet/air-or-oxygen"
* include codes from system AirOrOxygenCodeSystem
