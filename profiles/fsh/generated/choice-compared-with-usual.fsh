CodeSystem: ComparedWithUsualCodeSystem
Id: compared-with-usual
Title: "Red Bag compared with usual"
Description: "Choice list of the Red Bag papers: compared with usual."
* ^url = "https://w3id.org/redbag/CodeSystem/compared-with-usual"
* ^caseSensitive = true
* #as-usual "As usual"
* #better "Better"
* #worse "Worse"
* #not-known "Not known"

ValueSet: ComparedWithUsualValueSet
Id: compared-with-usual
Title: "Red Bag compared with usual"
Description: "All codes of the choice list: compared with usual."
* ^url = "https://w3id.org/redbag/ValueSet/compared-with-usual"
* include codes from system ComparedWithUsualCodeSystem
