CodeSystem: AllergyKindCodeSystem
Id: allergy-kind
Title: "Red Bag allergy kind"
Description: "Choice list of the Red Bag papers: allergy kind."
* ^url = "https://w3id.org/redbag/CodeSystem/allergy-kind"
* ^caseSensitive = true
* #allergy "Allergy"
* #intolerance "Intolerance"

ValueSet: AllergyKindValueSet
Id: allergy-kind
Title: "Red Bag allergy kind"
Description: "All codes of the choice list: allergy kind."
* ^url = "https://w3id.org/redbag/ValueSet/allergy-kind"
* include codes from system AllergyKindCodeSystem
