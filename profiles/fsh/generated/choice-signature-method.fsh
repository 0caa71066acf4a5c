CodeSystem: SignatureMethodCodeSystem
Id: signature-method
Title: "Red Bag signature method"
Description: "Choice list of the Red Bag papers: signature method."
* ^url = "https://w3id.org/redbag/CodeSystem/signature-method"
* ^caseSensitive = true
* #electronic "Electronically"
* #paper "On paper"
* #none "Not signed"

ValueSet: SignatureMethodValueSet
Id: signature-method
Title: "Red Bag signature method"
Description: "All codes of the choice list: signature method."
* ^url = "https://w3id.org/redbag/ValueSet/signature-method"
* include codes from system SignatureMethodCodeSystem
