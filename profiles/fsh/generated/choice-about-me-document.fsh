CodeSystem: AboutMeDocumentCodeSystem
Id: about-me-document
Title: "Red Bag about me document"
Description: "Choice list of the Red Bag papers: about me document."
* ^url = "https://w3id.org/redbag/CodeSystem/about-me-document"
* ^caseSensitive = true
* #about-me "About Me"
* #this-is-me "This Is Me"
* #hospital-passport "Hospital passport"

ValueSet: AboutMeDocumentValueSet
Id: about-me-document
Title: "Red Bag about me document"
Description: "All codes of the choice list: about me document."
* ^url = "https://w3id.org/redbag/ValueSet/about-me-document"
* include codes from system AboutMeDocumentCodeSystem
