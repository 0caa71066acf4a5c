CodeSystem: ResidenceKindCodeSystem
Id: residence-kind
Title: "Red Bag residence kind"
Description: "Choice list of the Red Bag papers: residence kind."
* ^url = "https://w3id.org/redbag/CodeSystem/residence-kind"
* ^caseSensitive = true
* #care-home "In a care home"
* #own-home "In their own home, with care there"

ValueSet: ResidenceKindValueSet
Id: residence-kind
Title: "Red Bag residence kind"
Description: "All codes of the choice list: residence kind."
* ^url = "https://w3id.org/redbag/ValueSet/residence-kind"
* include codes from system ResidenceKindCodeSystem
