CodeSystem: ProfessionalBodyCodeSystem
Id: professional-body
Title: "Red Bag professional body"
Description: "Choice list of the Red Bag papers: professional body."
* ^url = "https://w3id.org/redbag/CodeSystem/professional-body"
* ^caseSensitive = true
* #gmc "General Medical Council"
* #nmc "Nursing and Midwifery Council"
* #hcpc "Health and Care Professions Council"
* #gphc "General Pharmaceutical Council"

ValueSet: ProfessionalBodyValueSet
Id: professional-body
Title: "Red Bag professional body"
Description: "All codes of the choice list: professional body."
* ^url = "https://w3id.org/redbag/ValueSet/professional-body"
* include codes from system ProfessionalBodyCodeSystem
