CodeSystem: PressureUlcerCategoryCodeSystem
Id: pressure-ulcer-category
Title: "Red Bag pressure ulcer category"
Description: "Choice list of the Red Bag papers: pressure ulcer category."
* ^url = "https://w3id.org/redbag/CodeSystem/pressure-ulcer-category"
* ^caseSensitive = true
* #1 "Category 1"
* #2 "Category 2"
* #3 "Category 3"
* #4 "Category 4"
* #unstageable "Unstageable"
* #deep-tissue "Deep tissue injury"
* #not-known "Not known"

ValueSet: PressureUlcerCategoryValueSet
Id: pressure-ulcer-category
Title: "Red Bag pressure ulcer category"
Description: "All codes of the choice list: pressure ulcer category."
* ^url = "https://w3id.org/redbag/ValueSet/pressure-ulcer-category"
* include codes from system PressureUlcerCategoryCodeSystem
