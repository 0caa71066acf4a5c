CodeSystem: RespectPriorityCodeSystem
Id: respect-priority
Title: "Red Bag respect priority"
Description: "Choice list of the Red Bag papers: respect priority."
* ^url = "https://w3id.org/redbag/CodeSystem/respect-priority"
* ^caseSensitive = true
* #extend-life "Extending life"
* #balance "Balance of extending life and comfort"
* #comfort "Comfort"

ValueSet: RespectPriorityValueSet
Id: respect-priority
Title: "Red Bag respect priority"
Description: "All codes of the choice list: respect priority."
* ^url = "https://w3id.org/redbag/ValueSet/respect-priority"
* include codes from system RespectPriorityCodeSystem
