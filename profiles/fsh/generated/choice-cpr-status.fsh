CodeSystem: CprStatusCodeSystem
Id: cpr-status
Title: "Red Bag cpr status"
Description: "Choice list of the Red Bag papers: cpr status."
* ^url = "https://w3id.org/redbag/CodeSystem/cpr-status"
* ^caseSensitive = true
* #not-for-cpr "Not for attempted CPR"
* #for-cpr "For attempted CPR"
* #no-decision-recorded "No CPR decision recorded"
* #unknown "Unknown"

ValueSet: CprStatusValueSet
Id: cpr-status
Title: "Red Bag cpr status"
Description: "All codes of the choice list: cpr status."
* ^url = "https://w3id.org/redbag/ValueSet/cpr-status"
* include codes from system CprStatusCodeSystem
