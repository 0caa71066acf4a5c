CodeSystem: ConsentBasisCodeSystem
Id: consent-basis
Title: "Red Bag consent basis"
Description: "Choice list of the Red Bag papers: consent basis."
* ^url = "https://w3id.org/redbag/CodeSystem/consent-basis"
* ^caseSensitive = true
* #resident "The resident agreed"
* #attorney-or-deputy "An attorney or deputy agreed"
* #best-interests "Best interests (lacks capacity to decide)"
* #emergency "Emergency"

ValueSet: ConsentBasisValueSet
Id: consent-basis
Title: "Red Bag consent basis"
Description: "All codes of the choice list: consent basis."
* ^url = "https://w3id.org/redbag/ValueSet/consent-basis"
* include codes from system ConsentBasisCodeSystem
