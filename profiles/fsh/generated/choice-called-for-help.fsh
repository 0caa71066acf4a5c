CodeSystem: CalledForHelpCodeSystem
Id: called-for-help
Title: "Red Bag called for help"
Description: "Choice list of the Red Bag papers: called for help."
* ^url = "https://w3id.org/redbag/CodeSystem/called-for-help"
* ^caseSensitive = true
* #111 "NHS 111"
* #999 "999"
* #gp "GP"
* #out-of-hours-gp "Out-of-hours GP"
* #community-nurse "Community nurse"
* #urgent-community-response "Urgent community response team"
* #hospice "Hospice or palliative care team"
* #other "Other"

ValueSet: CalledForHelpValueSet
Id: called-for-help
Title: "Red Bag called for help"
Description: "All codes of the choice list: called for help."
* ^url = "https://w3id.org/redbag/ValueSet/called-for-help"
* include codes from system CalledForHelpCodeSystem
