CodeSystem: PersonSexCodeSystem
Id: person-sex
Title: "Red Bag person sex"
Description: "Choice list of the Red Bag papers: person sex."
* ^url = "https://w3id.org/redbag/CodeSystem/person-sex"
* ^caseSensitive = true
* #female "Female"
* #male "Male"
* #indeterminate "Indeterminate"
* #not-known "Not known"

ValueSet: PersonSexValueSet
Id: person-sex
Title: "Red Bag person sex"
Description: "All codes of the choice list: person sex."
* ^url = "https://w3id.org/redbag/ValueSet/person-sex"
* include codes from system PersonSexCodeSystem
