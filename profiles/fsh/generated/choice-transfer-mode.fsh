CodeSystem: TransferModeCodeSystem
Id: transfer-mode
Title: "Red Bag transfer mode"
Description: "Choice list of the Red Bag papers: transfer mode."
* ^url = "https://w3id.org/redbag/CodeSystem/transfer-mode"
* ^caseSensitive = true
* #urgent "Urgent"
* #complete "Complete"

ValueSet: TransferModeValueSet
Id: transfer-mode
Title: "Red Bag transfer mode"
Description: "All codes of the choice list: transfer mode."
* ^url = "https://w3id.org/redbag/ValueSet/transfer-mode"
* include codes from system TransferModeCodeSystem
