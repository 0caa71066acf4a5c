CodeSystem: IdentitySourceCodeSystem
Id: identity-source
Title: "Red Bag identity source"
Description: "Choice list of the Red Bag papers: identity source."
* ^url = "https://w3id.org/redbag/CodeSystem/identity-source"
* ^caseSensitive = true
* #known-personally "Knows the resident personally"
* #photograph "Photograph on the record"
* #asked-resident "Resident asked for name and birth date"
* #document "Document or wristband"
* #other "Something else"

ValueSet: IdentitySourceValueSet
Id: identity-source
Title: "Red Bag identity source"
Description: "All codes of the choice list: identity source."
* ^url = "https://w3id.org/redbag/ValueSet/identity-source"
* include codes from system IdentitySourceCodeSystem
