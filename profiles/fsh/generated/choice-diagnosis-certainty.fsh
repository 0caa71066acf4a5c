CodeSystem: DiagnosisCertaintyCodeSystem
Id: diagnosis-certainty
Title: "Red Bag diagnosis certainty"
Description: "Choice list of the Red Bag papers: diagnosis certainty."
* ^url = "https://w3id.org/redbag/CodeSystem/diagnosis-certainty"
* ^caseSensitive = true
* #confirmed "Confirmed"
* #suspected "Suspected"

ValueSet: DiagnosisCertaintyValueSet
Id: diagnosis-certainty
Title: "Red Bag diagnosis certainty"
Description: "All codes of the choice list: diagnosis certainty."
* ^url = "https://w3id.org/redbag/ValueSet/diagnosis-certainty"
* include codes from system DiagnosisCertaintyCodeSystem
