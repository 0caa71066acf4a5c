CodeSystem: AdministrativeGenderCodeSystem
Id: administrative-gender
Title: "Red Bag administrative gender"
Description: "Choice list of the Red Bag papers: administrative gender."
* ^url = "https://w3id.org/redbag/CodeSystem/administrative-gender"
* ^caseSensitive = true
* #female "Female"
* #male "Male"
* #other "Other"
* #unknown "Not known"

ValueSet: AdministrativeGenderValueSet
Id: administrative-gender
Title: "Red Bag administrative gender"
Description: "All codes of the choice list: administrative gender."
* ^url = "https://w3id.org/redbag/ValueSet/administrative-gender"
* include codes from system AdministrativeGenderCodeSystem
