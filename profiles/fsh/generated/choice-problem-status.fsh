CodeSystem: ProblemStatusCodeSystem
Id: problem-status
Title: "Red Bag problem status"
Description: "Choice list of the Red Bag papers: problem status."
* ^url = "https://w3id.org/redbag/CodeSystem/problem-status"
* ^caseSensitive = true
* #active "Active"
* #inactive "Inactive"
* #resolved "Resolved"

ValueSet: ProblemStatusValueSet
Id: problem-status
Title: "Red Bag problem status"
Description: "All codes of the choice list: problem status."
* ^url = "https://w3id.org/redbag/ValueSet/problem-status"
* include codes from system ProblemStatusCodeSystem
