CodeSystem: AllergyStatusCodeSystem
Id: allergy-status
Title: "Red Bag allergy status"
Description: "Choice list of the Red Bag papers: allergy status."
* ^url = "https://w3id.org/redbag/CodeSystem/allergy-status"
* ^caseSensitive = true
* #active "Active"
* #inactive "No longer active"
* #resolved "Resolved"

ValueSet: AllergyStatusValueSet
Id: allergy-status
Title: "Red Bag allergy status"
Description: "All codes of the choice list: allergy status."
* ^url = "https://w3id.org/redbag/ValueSet/allergy-status"
* include codes from system AllergyStatusCodeSystem
