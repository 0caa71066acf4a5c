CodeSystem: AdvancePlanKindCodeSystem
Id: advance-plan-kind
Title: "Red Bag advance plan kind"
Description: "Choice list of the Red Bag papers: advance plan kind."
* ^url = "https://w3id.org/redbag/CodeSystem/advance-plan-kind"
* ^caseSensitive = true
* #advance-care-plan "Advance care plan"
* #treatment-escalation-plan "Treatment escalation plan"
* #emergency-health-care-plan "Emergency health care plan"
* #end-of-life-care-plan "End of life care plan"
* #end-of-life-coordination-summary "End of life care coordination summary"

ValueSet: AdvancePlanKindValueSet
Id: advance-plan-kind
Title: "Red Bag advance plan kind"
Description: "All codes of the choice list: advance plan kind."
* ^url = "https://w3id.org/redbag/ValueSet/advance-plan-kind"
* include codes from system AdvancePlanKindCodeSystem
