CodeSystem: ConsentToShareCodeSystem
Id: consent-to-share
Title: "Red Bag consent to share"
Description: "Choice list of the Red Bag papers: consent to share."
* ^url = "https://w3id.org/redbag/CodeSystem/consent-to-share"
* ^caseSensitive = true
* #yes "Yes"
* #no "No, refused"
* #not-asked "Not asked"

ValueSet: ConsentToShareValueSet
Id: consent-to-share
Title: "Red Bag consent to share"
Description: "All codes of the choice list: consent to share."
* ^url = "https://w3id.org/redbag/ValueSet/consent-to-share"
* include codes from system ConsentToShareCodeSystem
