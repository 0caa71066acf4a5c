CodeSystem: AllergyCertaintyCodeSystem
Id: allergy-certainty
Title: "Red Bag allergy certainty"
Description: "Choice list of the Red Bag papers: allergy certainty."
* ^url = "https://w3id.org/redbag/CodeSystem/allergy-certainty"
* ^caseSensitive = true
* #confirmed "Confirmed"
* #unconfirmed "Not confirmed"
* #refuted "Ruled out"

ValueSet: AllergyCertaintyValueSet
Id: allergy-certainty
Title: "Red Bag allergy certainty"
Description: "All codes of the choice list: allergy certainty."
* ^url = "https://w3id.org/redbag/ValueSet/allergy-certainty"
* include codes from system AllergyCertaintyCodeSystem
