CodeSystem: ReactionSeverityCodeSystem
Id: reaction-severity
Title: "Red Bag reaction severity"
Description: "Choice list of the Red Bag papers: reaction severity."
* ^url = "https://w3id.org/redbag/CodeSystem/reaction-severity"
* ^caseSensitive = true
* #mild "Mild"
* #moderate "Moderate"
* #severe "Severe"

ValueSet: ReactionSeverityValueSet
Id: reaction-severity
Title: "Red Bag reaction severity"
Description: "All codes of the choice list: reaction severity."
* ^url = "https://w3id.org/redbag/ValueSet/reaction-severity"
* include codes from system ReactionSeverityCodeSystem
