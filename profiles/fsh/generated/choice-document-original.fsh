CodeSystem: DocumentOriginalCodeSystem
Id: document-original
Title: "Red Bag document original"
Description: "Choice list of the Red Bag papers: document original."
* ^url = "https://w3id.org/redbag/CodeSystem/document-original"
* ^caseSensitive = true
* #original "Original"
* #copy "Copy"

ValueSet: DocumentOriginalValueSet
Id: document-original
Title: "Red Bag document original"
Description: "All codes of the choice list: document original."
* ^url = "https://w3id.org/redbag/ValueSet/document-original"
* include codes from system DocumentOriginalCodeSystem
