CodeSystem: DosePeriodCodeSystem
Id: dose-period
Title: "Red Bag dose period"
Description: "Choice list of the Red Bag papers: dose period."
* ^url = "https://w3id.org/redbag/CodeSystem/dose-period"
* ^caseSensitive = true
* #h "Hours"
* #d "Days"
* #wk "Weeks"
* #mo "Months"

ValueSet: DosePeriodValueSet
Id: dose-period
Title: "Red Bag dose period"
Description: "All codes of the choice list: dose period."
* ^url = "https://w3id.org/redbag/ValueSet/dose-period"
* include codes from system DosePeriodCodeSystem
