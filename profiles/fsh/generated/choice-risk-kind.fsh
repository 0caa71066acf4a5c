CodeSystem: RiskKindCodeSystem
Id: risk-kind
Title: "Red Bag risk kind"
Description: "Choice list of the Red Bag papers: risk kind."
* ^url = "https://w3id.org/redbag/CodeSystem/risk-kind"
* ^caseSensitive = true
* #falls "Falls"
* #choking "Choking"
* #pressure-damage "Pressure damage"
* #malnutrition "Malnutrition or dehydration"
* #wandering "Leaving unsafely or getting lost"
* #to-self "Risk to self"
* #to-others "Risk to others"
* #from-others "Risk from others"
* #accidents "Accidents"
* #fire "Fire or smoking"
* #other "Other"

ValueSet: RiskKindValueSet
Id: risk-kind
Title: "Red Bag risk kind"
Description: "All codes of the choice list: risk kind."
* ^url = "https://w3id.org/redbag/ValueSet/risk-kind"
* include codes from system RiskKindCodeSystem
