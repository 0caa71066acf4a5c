CodeSystem: CprChangeCodeSystem
Id: cpr-change
Title: "Red Bag cpr change"
Description: "Choice list of the Red Bag papers: cpr change."
* ^url = "https://w3id.org/redbag/CodeSystem/cpr-change"
* ^caseSensitive = true
* #no-change "No change"
* #made "Decision made"
* #changed "Decision changed"
* #withdrawn "Decision withdrawn"
* #not-recorded "Not recorded"

ValueSet: CprChangeValueSet
Id: cpr-change
Title: "Red Bag cpr change"
Description: "All codes of the choice list: cpr change."
* ^url = "https://w3id.org/redbag/ValueSet/cpr-change"
* include codes from system CprChangeCodeSystem
