CodeSystem: DolsStatusCodeSystem
Id: dols-status
Title: "Red Bag dols status"
Description: "Choice list of the Red Bag papers: dols status."
* ^url = "https://w3id.org/redbag/CodeSystem/dols-status"
* ^caseSensitive = true
* #requested "Requested"
* #authorised "Authorised"
* #not-in-place "None in place"
* #not-known "Not known"

ValueSet: DolsStatusValueSet
Id: dols-status
Title: "Red Bag dols status"
Description: "All codes of the choice list: dols status."
* ^url = "https://w3id.org/redbag/ValueSet/dols-status"
* include codes from system DolsStatusCodeSystem
