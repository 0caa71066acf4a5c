CodeSystem: ToldOutcomeCodeSystem
Id: told-outcome
Title: "Red Bag told outcome"
Description: "Choice list of the Red Bag papers: told outcome."
* ^url = "https://w3id.org/redbag/CodeSystem/told-outcome"
* ^caseSensitive = true
* #yes "Told"
* #message-left "Message left"
* #not-reached "Not reached"

ValueSet: ToldOutcomeValueSet
Id: told-outcome
Title: "Red Bag told outcome"
Description: "All codes of the choice list: told outcome."
* ^url = "https://w3id.org/redbag/ValueSet/told-outcome"
* include codes from system ToldOutcomeCodeSystem
