CodeSystem: RecentMedicineChangeCodeSystem
Id: recent-medicine-change
Title: "Red Bag recent medicine change"
Description: "Choice list of the Red Bag papers: recent medicine change."
* ^url = "https://w3id.org/redbag/CodeSystem/recent-medicine-change"
* ^caseSensitive = true
* #added "Added"
* #amended "Amended"
* #discontinued "Discontinued"
* #on-hold "Put on hold"
* #continued "Continued"

ValueSet: RecentMedicineChangeValueSet
Id: recent-medicine-change
Title: "Red Bag recent medicine change"
Description: "All codes of the choice list: recent medicine change."
* ^url = "https://w3id.org/redbag/ValueSet/recent-medicine-change"
* include codes from system RecentMedicineChangeCodeSystem
