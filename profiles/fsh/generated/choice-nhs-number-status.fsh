CodeSystem: NhsNumberStatusCodeSystem
Id: nhs-number-status
Title: "Red Bag nhs number status"
Description: "Choice list of the Red Bag papers: nhs number status."
* ^url = "https://w3id.org/redbag/CodeSystem/nhs-number-status"
* ^caseSensitive = true
* #verified "Number present and verified"
* #not-traced "Number present but not traced"
* #trace-required "Trace required"
* #no-single-match "Trace attempted: no match or more than one"
* #conflict "Trace needs to be resolved: number or details in conflict"
* #trace-in-progress "Trace in progress"
* #not-present "Number not present, trace not required"
* #postponed "Trace postponed"

ValueSet: NhsNumberStatusValueSet
Id: nhs-number-status
Title: "Red Bag nhs number status"
Description: "All codes of the choice list: nhs number status."
* ^url = "https://w3id.org/redbag/ValueSet/nhs-number-status"
* include codes from system NhsNumberStatusCodeSystem
