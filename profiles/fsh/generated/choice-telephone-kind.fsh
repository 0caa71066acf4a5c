CodeSystem: TelephoneKindCodeSystem
Id: telephone-kind
Title: "Red Bag telephone kind"
Description: "Choice list of the Red Bag papers: telephone kind."
* ^url = "https://w3id.org/redbag/CodeSystem/telephone-kind"
* ^caseSensitive = true
* #home "Home"
* #mobile "Mobile"
* #work "Work"

ValueSet: TelephoneKindValueSet
Id: telephone-kind
Title: "Red Bag telephone kind"
Description: "All codes of the choice list: telephone kind."
* ^url = "https://w3id.org/redbag/ValueSet/telephone-kind"
* include codes from system TelephoneKindCodeSystem
