CodeSystem: SharedPlanSystemCodeSystem
Id: shared-plan-system
Title: "Red Bag shared plan system"
Description: "Choice list of the Red Bag papers: shared plan system."
* ^url = "https://w3id.org/redbag/CodeSystem/shared-plan-system"
* ^caseSensitive = true
* #universal-care-plan "Universal Care Plan (London)"
* #coordinate-my-care "Coordinate My Care (replaced July 2022)"
* #other "Another system"

ValueSet: SharedPlanSystemValueSet
Id: shared-plan-system
Title: "Red Bag shared plan system"
Description: "All codes of the choice list: shared plan system."
* ^url = "https://w3id.org/redbag/ValueSet/shared-plan-system"
* include codes from system SharedPlanSystemCodeSystem
