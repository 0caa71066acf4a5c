CodeSystem: IddsiFoodCodeSystem
Id: iddsi-food
Title: "Red Bag iddsi food"
Description: "Choice list of the Red Bag papers: iddsi food."
* ^url = "https://w3id.org/redbag/CodeSystem/iddsi-food"
* ^caseSensitive = true
* #3 "Level 3, liquidised"
* #4 "Level 4, pureed"
* #5 "Level 5, minced and moist"
* #6 "Level 6, soft and bite-sized"
* #7-easy-to-chew "Level 7, easy to chew"
* #7-regular "Level 7, regular"

ValueSet: IddsiFoodValueSet
Id: iddsi-food
Title: "Red Bag iddsi food"
Description: "All codes of the choice list: iddsi food."
* ^url = "https://w3id.org/redbag/ValueSet/iddsi-food"
* include codes from system IddsiFoodCodeSystem
