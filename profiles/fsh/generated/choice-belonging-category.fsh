CodeSystem: BelongingCategoryCodeSystem
Id: belonging-category
Title: "Red Bag belonging category"
Description: "Choice list of the Red Bag papers: belonging category."
* ^url = "https://w3id.org/redbag/CodeSystem/belonging-category"
* ^caseSensitive = true
* #document "Document"
* #medicine "Medicine"
* #controlled-drug "Controlled drug"
* #denture-upper "Denture, upper"
* #denture-lower "Denture, lower"
* #hearing-aid-left "Hearing aid, left"
* #hearing-aid-right "Hearing aid, right"
* #glasses "Glasses"
* #mobility-aid "Mobility aid"
* #clothing "Clothing"
* #toiletries "Toiletries"
* #valuables-declared "Valuables, declared"
* #other "Other"

ValueSet: BelongingCategoryValueSet
Id: belonging-category
Title: "Red Bag belonging category"
Description: "All codes of the choice list: belonging category."
* ^url = "https://w3id.org/redbag/ValueSet/belonging-category"
* include codes from system BelongingCategoryCodeSystem
