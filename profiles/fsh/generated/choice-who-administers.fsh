CodeSystem: WhoAdministersCodeSystem
Id: who-administers
Title: "Red Bag who administers"
Description: "Choice list of the Red Bag papers: who administers."
* ^url = "https://w3id.org/redbag/CodeSystem/who-administers"
* ^caseSensitive = true
* #staff "Care staff"
* #nurse "Nurse of the home"
* #resident "The resident"
* #shared "The resident with support"
* #family "Family or friend"

ValueSet: WhoAdministersValueSet
Id: who-administers
Title: "Red Bag who administers"
Description: "All codes of the choice list: who administers."
* ^url = "https://w3id.org/redbag/ValueSet/who-administers"
* include codes from system WhoAdministersCodeSystem
