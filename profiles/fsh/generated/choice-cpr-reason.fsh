CodeSystem: CprReasonCodeSystem
Id: cpr-reason
Title: "Red Bag cpr reason"
Description: "Choice list of the Red Bag papers: cpr reason."
* ^url = "https://w3id.org/redbag/CodeSystem/cpr-reason"
* ^caseSensitive = true
* #unlikely-to-succeed "CPR is unlikely to succeed"
* #not-in-best-interests "CPR is not in the best interests of the person"
* #persons-wish "The person's own wish"
* #advance-decision "An advance decision refuses it"
* #other "Another reason"

ValueSet: CprReasonValueSet
Id: cpr-reason
Title: "Red Bag cpr reason"
Description: "All codes of the choice list: cpr reason."
* ^url = "https://w3id.org/redbag/ValueSet/cpr-reason"
* include codes from system CprReasonCodeSystem
