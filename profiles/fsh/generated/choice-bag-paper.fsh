CodeSystem: BagPaperCodeSystem
Id: bag-paper
Title: "Red Bag bag paper"
Description: "Choice list of the Red Bag papers: bag paper."
* ^url = "https://w3id.org/redbag/CodeSystem/bag-paper"
* ^caseSensitive = true
* #cpr-form "CPR decision form"
* #advance-care-plan "Advance care plan"
* #advance-decision "Advance decision to refuse treatment"
* #power-of-attorney "Lasting power of attorney"
* #this-is-me "About Me, This Is Me or hospital passport"
* #older-persons-assessment "Older Person's Assessment"
* #cares-escalation "CARES escalation record"
* #mar "MAR chart"
* #discharge-summary "Discharge summary"
* #checklist "Checklist"
* #other "Other"

ValueSet: BagPaperValueSet
Id: bag-paper
Title: "Red Bag bag paper"
Description: "All codes of the choice list: bag paper."
* ^url = "https://w3id.org/redbag/ValueSet/bag-paper"
* include codes from system BagPaperCodeSystem
