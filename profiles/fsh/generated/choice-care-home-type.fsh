CodeSystem: CareHomeTypeCodeSystem
Id: care-home-type
Title: "Red Bag care home type"
Description: "Choice list of the Red Bag papers: care home type."
* ^url = "https://w3id.org/redbag/CodeSystem/care-home-type"
* ^caseSensitive = true
* #without-nursing "Without nursing"
* #with-nursing "With nursing"
* #integrated "With and without nursing"

ValueSet: CareHomeTypeValueSet
Id: care-home-type
Title: "Red Bag care home type"
Description: "All codes of the choice list: care home type."
* ^url = "https://w3id.org/redbag/ValueSet/care-home-type"
* include codes from system CareHomeTypeCodeSystem
