CodeSystem: YesNoNotKnownCodeSystem
Id: yes-no-not-known
Title: "Red Bag yes no not known"
Description: "Choice list of the Red Bag papers: yes no not known."
* ^url = "https://w3id.org/redbag/CodeSystem/yes-no-not-known"
* ^caseSensitive = true
* #yes "Yes"
* #no "No"
* #not-known "Not known"

ValueSet: YesNoNotKnownValueSet
Id: yes-no-not-known
Title: "Red Bag yes no not known"
Description: "All codes of the choice list: yes no not known."
* ^url = "https://w3id.org/redbag/ValueSet/yes-no-not-known"
* include codes from system YesNoNotKnownCodeSystem
