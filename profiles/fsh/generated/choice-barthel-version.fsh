CodeSystem: BarthelVersionCodeSystem
Id: barthel-version
Title: "Red Bag barthel version"
Description: "Choice list of the Red Bag papers: barthel version."
* ^url = "https://w3id.org/redbag/CodeSystem/barthel-version"
* ^caseSensitive = true
* #original "Original (0 to 100)"
* #uk "UK version (0 to 20)"
* #modified "Modified (Shah, 0 to 100)"

ValueSet: BarthelVersionValueSet
Id: barthel-version
Title: "Red Bag barthel version"
Description: "All codes of the choice list: barthel version."
* ^url = "https://w3id.org/redbag/ValueSet/barthel-version"
* include codes from system BarthelVersionCodeSystem
