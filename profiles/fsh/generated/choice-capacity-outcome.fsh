CodeSystem: CapacityOutcomeCodeSystem
Id: capacity-outcome
Title: "Red Bag capacity outcome"
Description: "Choice list of the Red Bag papers: capacity outcome."
* ^url = "https://w3id.org/redbag/CodeSystem/capacity-outcome"
* ^caseSensitive = true
* #has-capacity "Has capacity for this decision"
* #lacks-capacity "Lacks capacity for this decision"
* #fluctuating "Capacity fluctuates"
* #not-concluded "Not concluded"

ValueSet: CapacityOutcomeValueSet
Id: capacity-outcome
Title: "Red Bag capacity outcome"
Description: "All codes of the choice list: capacity outcome."
* ^url = "https://w3id.org/redbag/ValueSet/capacity-outcome"
* include codes from system CapacityOutcomeCodeSystem
