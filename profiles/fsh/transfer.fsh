// The transfer, what was done and said about it, and who recorded what.

Profile: RedBagTransfer
Parent: Encounter
Id: RedBag-Transfer
Title: "Red Bag transfer"
Description: "The transfer from care home to hospital, and why."
* identifier 1..* MS
* status = #in-progress
* class = $act-code#EMER
* priority 1..1
* subject 1..1 MS
* reasonCode 1..* MS
* reasonReference 1..* MS

Profile: RedBagSendingSoftware
Parent: Device
Id: RedBag-SendingSoftware
Title: "Red Bag sending software"
Description: "The care software that put the package together."
* deviceName 1..* MS
* version 1..* MS
* manufacturer MS

Profile: RedBagCommunication
Parent: Communication
Id: RedBag-Communication
Title: "Red Bag call or message"
Description: "A call for help, or who was told of the transfer."
* category 1..* MS
* subject 1..1
* encounter 1..1
* sent MS
* recipient MS
* note MS

Profile: RedBagAction
Parent: Procedure
Id: RedBag-Action
Title: "Red Bag action before the transfer"
Description: "What the home did."
* status = #completed
* code 1..1 MS
* encounter 1..1
* note 1..* MS

Profile: RedBagProvenance
Parent: Provenance
Id: RedBag-Provenance
Title: "Red Bag provenance"
Description: "Who recorded a paper, for whom, when, and which software put it together (PRSB Provenance v1.2)."
* obeys redbag-provenance-author and redbag-provenance-when
* target MS
* occurred[x] MS
* recorded MS
* agent MS
* agent obeys redbag-provenance-behalf

Invariant: redbag-provenance-author
Description: "Somebody is the author"
Severity: #error
Expression: "agent.type.coding.where(code = 'author').exists()"

Invariant: redbag-provenance-behalf
Description: "An author writes for an organisation"
Severity: #error
Expression: "type.coding.where(code = 'author').exists() implies onBehalfOf.exists()"

Invariant: redbag-provenance-when
Description: "Where the time of recording is known, it is said when what is recorded took place, if only that it was not later"
Severity: #error
Expression: "recorded.hasValue() implies occurred.exists()"

Profile: RedBagQuestionnaireResponse
Parent: QuestionnaireResponse
Id: RedBag-QuestionnaireResponse
Title: "Red Bag paper"
Description: "The answers of a paper that have no element of another resource."
* obeys redbag-questionnaire
* questionnaire 1..1 MS
* status = #completed
* subject 1..1 MS
* authored MS
* author 1..1 MS
* item MS

Invariant: redbag-questionnaire
Description: "The answers are those of one of the Red Bag's Questionnaires"
Severity: #error
Expression: "questionnaire.exists() implies questionnaire.toString().startsWith('https://w3id.org/redbag/Questionnaire/RedBag-')"
