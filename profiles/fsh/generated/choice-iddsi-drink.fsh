CodeSystem: IddsiDrinkCodeSystem
Id: iddsi-drink
Title: "Red Bag iddsi drink"
Description: "Choice list of the Red Bag papers: iddsi drink."
* ^url = "https://w3id.org/redbag/CodeSystem/iddsi-drink"
* ^caseSensitive = true
* #0 "Level 0, thin"
* #1 "Level 1, slightly thick"
* #2 "Level 2, mildly thick"
* #3 "Level 3, moderately thick"
* #4 "Level 4, extremely thick"

ValueSet: IddsiDrinkValueSet
Id: iddsi-drink
Title: "Red Bag iddsi drink"
Description: "All codes of the choice list: iddsi drink."
* ^url = "https://w3id.org/redbag/ValueSet/iddsi-drink"
* include codes from system IddsiDrinkCodeSystem
