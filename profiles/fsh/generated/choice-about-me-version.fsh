CodeSystem: AboutMeVersionCodeSystem
Id: about-me-version
Title: "Red Bag about me version"
Description: "Choice list of the Red Bag papers: about me version."
* ^url = "https://w3id.org/redbag/CodeSystem/about-me-version"
* ^caseSensitive = true
* #2.01 "About Me 2.01"
* #1.x "About Me 1.x"
* #1.1 "About Me 1.1"

ValueSet: AboutMeVersionValueSet
Id: about-me-version
Title: "Red Bag about me version"
Description: "All codes of the choice list: about me version."
* ^url = "https://w3id.org/redbag/ValueSet/about-me-version"
* include codes from system AboutMeVersionCodeSystem
