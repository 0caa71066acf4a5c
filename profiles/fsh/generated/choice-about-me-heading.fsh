CodeSystem: AboutMeHeadingCodeSystem
Id: about-me-heading
Title: "Red Bag about me heading"
Description: "Choice list of the Red Bag papers: about me heading."
* ^url = "https://w3id.org/redbag/CodeSystem/about-me-heading"
* ^caseSensitive = true
* #what-is-most-important-to-me "What is most important to me"
* #people-who-are-important-to-me "People who are important to me"
* #how-i-communicate-and-how-to-communicate-with-me "How I communicate and how to communicate with me"
* #my-wellness "My wellness"
* #please-do-and-please-do-not "Please do and please do not"
* #how-and-when-to-support-me "How and when to support me"
* #also-worth-knowing-about-me "Also worth knowing about me"

ValueSet: AboutMeHeadingValueSet
Id: about-me-heading
Title: "Red Bag about me heading"
Description: "All codes of the choice list: about me heading."
* ^url = "https://w3id.org/redbag/ValueSet/about-me-heading"
* include codes from system AboutMeHeadingCodeSystem
