CodeSystem: FunctionDomainCodeSystem
Id: function-domain
Title: "Red Bag function domain"
Description: "Choice list of the Red Bag papers: function domain."
* ^url = "https://w3id.org/redbag/CodeSystem/function-domain"
* ^caseSensitive = true
* #mobility "Moving and walking"
* #transfers "Getting in and out of bed and chair"
* #eating-and-drinking "Eating and drinking"
* #swallowing "Swallowing"
* #continence "Continence"
* #washing-and-dressing "Washing and dressing"
* #communication "Communication"
* #cognition "Memory and thinking"
* #mood "Mood and behaviour"
* #sleep "Sleep"
* #other "Other"

ValueSet: FunctionDomainValueSet
Id: function-domain
Title: "Red Bag function domain"
Description: "All codes of the choice list: function domain."
* ^url = "https://w3id.org/redbag/ValueSet/function-domain"
* include codes from system FunctionDomainCodeSystem
