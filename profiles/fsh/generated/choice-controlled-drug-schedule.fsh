CodeSystem: ControlledDrugScheduleCodeSystem
Id: controlled-drug-schedule
Title: "Red Bag controlled drug schedule"
Description: "Choice list of the Red Bag papers: controlled drug schedule."
* ^url = "https://w3id.org/redbag/CodeSystem/controlled-drug-schedule"
* ^caseSensitive = true
* #2 "2"
* #3 "3"
* #4 "4"
* #5 "5"

ValueSet: ControlledDrugScheduleValueSet
Id: controlled-drug-schedule
Title: "Red Bag controlled drug schedule"
Description: "All codes of the choice list: controlled drug schedule."
* ^url = "https://w3id.org/redbag/ValueSet/controlled-drug-schedule"
* include codes from system ControlledDrugScheduleCodeSystem
