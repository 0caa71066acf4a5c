CodeSystem: CustodyPlaceCodeSystem
Id: custody-place
Title: "Red Bag custody place"
Description: "Choice list of the Red Bag papers: custody place."
* ^url = "https://w3id.org/redbag/CodeSystem/custody-place"
* ^caseSensitive = true
* #home "Care home"
* #ambulance "Ambulance"
* #emergency-department "Emergency department"
* #ward "Ward"
* #discharge-lounge "Discharge lounge"
* #transport "Patient transport"

ValueSet: CustodyPlaceValueSet
Id: custody-place
Title: "Red Bag custody place"
Description: "All codes of the choice list: custody place."
* ^url = "https://w3id.org/redbag/ValueSet/custody-place"
* include codes from system CustodyPlaceCodeSystem
