CodeSystem: HeadStrikeCodeSystem
Id: head-strike
Title: "Red Bag head strike"
Description: "Choice list of the Red Bag papers: head strike."
* ^url = "https://w3id.org/redbag/CodeSystem/head-strike"
* ^caseSensitive = true
* #yes "Yes"
* #no "No"
* #unwitnessed "Unwitnessed: not known"

ValueSet: HeadStrikeValueSet
Id: head-strike
Title: "Red Bag head strike"
Description: "All codes of the choice list: head strike."
* ^url = "https://w3id.org/redbag/ValueSet/head-strike"
* include codes from system HeadStrikeCodeSystem
