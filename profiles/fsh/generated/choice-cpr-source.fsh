CodeSystem: CprSourceCodeSystem
Id: cpr-source
Title: "Red Bag cpr source"
Description: "Choice list of the Red Bag papers: cpr source."
* ^url = "https://w3id.org/redbag/CodeSystem/cpr-source"
* ^caseSensitive = true
* #original-form "Original form, seen"
* #copy-of-form "Copy of the form, seen"
* #universal-care-plan "Universal Care Plan or other shared record"
* #gp-record "GP record"
* #hospital-letter "Hospital letter or discharge summary"
* #care-record "The home's own record"
* #word-of-mouth "Word of mouth"

ValueSet: CprSourceValueSet
Id: cpr-source
Title: "Red Bag cpr source"
Description: "All codes of the choice list: cpr source."
* ^url = "https://w3id.org/redbag/ValueSet/cpr-source"
* include codes from system CprSourceCodeSystem
