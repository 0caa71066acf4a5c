// CPR decisions and the plans around them: information about a decision, never the decision itself.

Profile: RedBagCPRFlag
Parent: Flag
Id: RedBag-CPRFlag
Title: "Red Bag CPR decision"
Description: "A decision about CPR as one source has it. Period: decided, and review date as information only."
* obeys redbag-cpr-verified
* status = #active
* category 1..1
* category = $flag-category#advance-directive
* code obeys redbag-cpr-code and redbag-cpr-agrees and redbag-cpr-copy and redbag-cpr-only
* code.text 1..1
* period MS
* author MS

Invariant: redbag-cpr-verified
Description: "A CPR flag has the date and the maker of the decision, or says that it is UNVERIFIED"
Severity: #error
Expression: "(period.start.exists() and author.exists()) or code.text.contains('UNVERIFIED')"

Invariant: redbag-cpr-agrees
Description: "The SNOMED CT code says what the home said"
Severity: #error
Expression: "coding.where(system = 'http://snomed.info/sct' and code = '450476008').exists() = coding.where(system = 'https://w3id.org/redbag/CodeSystem/cpr-status' and code = 'not-for-cpr').exists()"

Invariant: redbag-cpr-copy
Description: "A CPR flag says that it is an INFORMATION COPY"
Severity: #error
Expression: "text.exists() implies text.contains('INFORMATION COPY')"

Invariant: redbag-cpr-only
Description: "A CPR flag against resuscitation says that it is about CPR only"
Severity: #error
Expression: "(text.exists() and coding.where(system = 'https://w3id.org/redbag/CodeSystem/cpr-status' and code = 'not-for-cpr').exists()) implies text.contains('CPR only')"

Profile: RedBagCPRStatus
Parent: Observation
Id: RedBag-CPRStatus
Title: "Red Bag CPR status without a decision"
Description: "No decision is recorded, or it is not known whether there is one."
* obeys redbag-cpr-no-decision
* status = #final
* code = $sct#365870005
* subject 1..1
* value[x] 1..1

Invariant: redbag-cpr-no-decision
Description: "A CPR status that is no decision says only that none is recorded, or that it is not known"
Severity: #error
Expression: "value.exists() implies (value.ofType(CodeableConcept).coding.count() = 1 and value.ofType(CodeableConcept).coding.where(system = 'https://w3id.org/redbag/CodeSystem/cpr-status' and (code = 'no-decision-recorded' or code = 'unknown')).exists())"

Profile: RedBagReSPECT
Parent: CarePlan
Id: RedBag-ReSPECT
Title: "Red Bag ReSPECT"
Description: "What a ReSPECT form says, as an information copy."
* obeys redbag-plan-copy
* status = #active
* intent = #plan
* category 1..1
* category = $sct#735324008
* title 1..1
* created MS
* author MS
* activity MS
* note MS

Invariant: redbag-plan-copy
Description: "The copy of a plan says that it is an INFORMATION COPY"
Severity: #error
Expression: "title.exists() implies title.contains('INFORMATION COPY')"

Profile: RedBagAdvanceDecision
Parent: Consent
Id: RedBag-AdvanceDecision
Title: "Red Bag advance decision to refuse treatment"
Description: "That there is one, what it refuses, and whether life-sustaining treatment is refused."
* obeys redbag-advance-decision
* status = #active
* scope = $consent-scope#adr
* patient 1..1
* dateTime MS
* provision 1..1 MS
* provision.type 1..1
* provision.type = #deny

Invariant: redbag-advance-decision
Description: "An advance decision is said by its SNOMED CT code: with life-sustaining treatment or without"
Severity: #error
Expression: "category.coding.where(system = 'http://snomed.info/sct' and (code = '816301000000100' or code = '816321000000109')).count() = 1"

Profile: RedBagPreferredPlaceOfDeath
Parent: Observation
Id: RedBag-PreferredPlaceOfDeath
Title: "Red Bag preferred place of death"
Description: "Where the person would wish to die."
* status = #final
* code = $sct#395091006
* subject 1..1
* effective[x] MS
* value[x] 1..1 MS

Profile: RedBagScannedForm
Parent: DocumentReference
Id: RedBag-ScannedForm
Title: "Red Bag scan or whereabouts of a form"
Description: "A form or plan about the resident: what it is, and that this is a copy."
* obeys redbag-scan-copy
* identifier MS
* status = #current
* subject 1..1
* author 1..*
* custodian 1..1
* description 1..1
* content ..1

Invariant: redbag-scan-copy
Description: "The copy of a form says that it is an INFORMATION COPY"
Severity: #error
Expression: "description.exists() implies description.contains('INFORMATION COPY')"
