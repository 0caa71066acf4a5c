// Conditions, observations, allergies, alerts.

Profile: RedBagCondition
Parent: Condition
Id: RedBag-Condition
Title: "Red Bag condition"
Description: "The reason for the transfer, a problem, or an impairment."
* clinicalStatus 1..1 MS
* verificationStatus MS
* category 1..* MS
* code 1..1 MS
* code.text 1..1
* onset[x] MS
* note MS

Profile: RedBagObservation
Parent: Observation
Id: RedBag-Observation
Title: "Red Bag observation"
Description: "A reading, a score, a level, or a time that matters. Without a value it says why."
* obeys redbag-no-value and redbag-news2-parts and redbag-news2-total and redbag-news2-sum
* status = #final
* category 1..* MS
* code.text 1..1
* subject 1..1
* encounter 1..1
* effective[x] MS
* performer 1..* MS
* value[x] MS
* component MS

// To breathe room air, or to be on oxygen, is said by the code; the value is the flow.
Invariant: redbag-no-value
Description: "An observation without a value says why, has components, or is told by its code alone (air or oxygen)"
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists() or component.exists() or code.coding.where(code = '722742002' or code = '371825009').exists()"

Invariant: redbag-news2-parts
Description: "A NEWS2 has the points of seven readings, or says of each that it has none"
Severity: #error
Expression: "code.coding.where(code = '1104051000000101').exists() implies (component.count() = 7 and component.all(value.exists() or dataAbsentReason.exists()))"

Invariant: redbag-news2-total
Description: "A NEWS2 in which a reading is missing has no total"
Severity: #error
Expression: "(code.coding.where(code = '1104051000000101').exists() and value.exists()) implies component.all(value.exists())"

Invariant: redbag-news2-sum
Description: "The total of a NEWS2 is the sum of its points"
Severity: #error
Expression: "(code.coding.where(code = '1104051000000101').exists() and value.exists()) implies component.value.ofType(Quantity).value.aggregate($this + $total, 0) = value.ofType(Quantity).value"

Profile: RedBagAllergyIntolerance
Parent: AllergyIntolerance
Id: RedBag-AllergyIntolerance
Title: "Red Bag allergy or intolerance"
Description: "An allergy, or that none is known. What is ruled out is never active."
* obeys redbag-allergy-refuted
* clinicalStatus MS
* verificationStatus MS
* type MS
* code 1..1 MS
* code.text 1..1
* onset[x] MS
* recorder MS
* reaction MS

Invariant: redbag-allergy-refuted
Description: "An allergy that is ruled out is not active"
Severity: #error
Expression: "verificationStatus.coding.where(code = 'refuted').exists() implies clinicalStatus.coding.where(code = 'active').empty()"

Profile: RedBagEmptyAllergyList
Parent: List
Id: RedBag-EmptyAllergyList
Title: "Red Bag list of allergies with nothing in it"
Description: "Nothing is recorded of allergies, or they are known but not listed. It never says that there are none."
* obeys redbag-empty-allergies
* status = #current
* mode = #snapshot
* code 1..1
* code = $sct#886921000000105
* subject 1..1
* emptyReason 1..1 MS
* note 1..*

Invariant: redbag-empty-allergies
Description: "The list is empty because nothing was recorded or it was not to be had, never because there are none"
Severity: #error
Expression: "emptyReason.exists() implies (emptyReason.coding.count() = 1 and emptyReason.coding.where((system = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-ListEmptyReasonCode' and code = 'no-content-recorded') or (system = 'http://terminology.hl7.org/CodeSystem/list-empty-reason' and code = 'unavailable')).exists())"

RuleSet: Raised
* status = #active
* category 1..* MS
* code.text 1..1
* period MS

Profile: RedBagFlag
Parent: Flag
Id: RedBag-Flag
Title: "Red Bag alert"
Description: "A risk, alert, infection risk or safeguarding concern."
* insert Raised
* author 1..1

Profile: RedBagAdjustment
Parent: Flag
Id: RedBag-Adjustment
Title: "Red Bag reasonable adjustment"
Description: "What has to be done otherwise for this person (National Reasonable Adjustment Flag)."
* obeys redbag-adjustment
* status = #active
* category 1..* MS
* author 1..1
* period MS

Invariant: redbag-adjustment
Description: "A reasonable adjustment is found by the national category"
Severity: #error
Expression: "category.exists() implies category.coding.where(code = 'national-reasonable-adjustment-flag').exists()"
