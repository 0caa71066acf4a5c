CodeSystem: SoftSignCodeSystem
Id: soft-sign
Title: "Red Bag soft sign"
Description: "Choice list of the Red Bag papers: soft sign."
* ^url = "https://w3id.org/redbag/CodeSystem/soft-sign"
* ^caseSensitive = true
* #breathing "More breathless or chesty"
* #eating-drinking "Eating or drinking less than usual"
* #hot-or-cold "Shivery, hot, cold or clammy"
* #mobility "Less mobile, off legs or weaker"
* #confusion "New or worse confusion, agitation or anxiety"
* #pain "New or worse pain"
* #alertness "Sleepier or less alert than usual"
* #urine "Passing less urine, or urine has changed"
* #vomiting-diarrhoea "Vomiting, diarrhoea or signs of dehydration"
* #not-themselves "Not their usual self"

ValueSet: SoftSignValueSet
Id: soft-sign
Title: "Red Bag soft sign"
Description: "All codes of the choice list: soft sign."
* ^url = "https://w3id.org/redbag/ValueSet/soft-sign"
* include codes from system SoftSignCodeSystem
