CodeSystem: CprFormTypeCodeSystem
Id: cpr-form-type
Title: "Red Bag cpr form type"
Description: "Choice list of the Red Bag papers: cpr form type."
* ^url = "https://w3id.org/redbag/CodeSystem/cpr-form-type"
* ^caseSensitive = true
* #dnacpr "DNACPR form"
* #respect "ReSPECT form"
* #treatment-escalation-plan "Treatment escalation plan"
* #electronic-record "Electronic record only"
* #other "Another form"
* #none "No form"

ValueSet: CprFormTypeValueSet
Id: cpr-form-type
Title: "Red Bag cpr form type"
Description: "All codes of the choice list: cpr form type."
* ^url = "https://w3id.org/redbag/ValueSet/cpr-form-type"
* include codes from system CprFormTypeCodeSystem
