CodeSystem: CprInvolvementCodeSystem
Id: cpr-involvement
Title: "Red Bag cpr involvement"
Description: "Choice list of the Red Bag papers: cpr involvement."
* ^url = "https://w3id.org/redbag/CodeSystem/cpr-involvement"
* ^caseSensitive = true
* #involved "Involved in the decision"
* #informed "Informed of it"

ValueSet: CprInvolvementValueSet
Id: cpr-involvement
Title: "Red Bag cpr involvement"
Description: "All codes of the choice list: cpr involvement."
* ^url = "https://w3id.org/redbag/ValueSet/cpr-involvement"
* include codes from system CprInvolvementCodeSystem
