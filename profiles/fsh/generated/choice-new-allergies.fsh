CodeSystem: NewAllergiesCodeSystem
Id: new-allergies
Title: "Red Bag new allergies"
Description: "Choice list of the Red Bag papers: new allergies."
* ^url = "https://w3id.org/redbag/CodeSystem/new-allergies"
* ^caseSensitive = true
* #found "Found, listed here"
* #none-found "None found"
* #not-recorded "Not recorded"

ValueSet: NewAllergiesValueSet
Id: new-allergies
Title: "Red Bag new allergies"
Description: "All codes of the choice list: new allergies."
* ^url = "https://w3id.org/redbag/ValueSet/new-allergies"
* include codes from system NewAllergiesCodeSystem
