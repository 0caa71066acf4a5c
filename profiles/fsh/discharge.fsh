// The discharge summary, which goes the other way. PRSB eDischarge Summary v2.1.

Profile: RedBagDischargeComposition
Parent: Composition
Id: RedBag-DischargeComposition
Title: "Red Bag discharge Composition"
Description: "What the hospital sends home with the person."
* insert DocumentHead
* type = $sct#373942005

Profile: RedBagHospital
Parent: Organization
Id: RedBag-Hospital
Title: "Red Bag hospital"
Description: "The hospital that sends."
* insert CodedOrganisation
* name 1..1

Profile: RedBagDischargePatient
Parent: Patient
Id: RedBag-DischargePatient
Title: "Red Bag resident, from the hospital"
Description: "Enough to find the resident and to be sure of them."
* insert Person

Profile: RedBagHospitalStay
Parent: Encounter
Id: RedBag-HospitalStay
Title: "Red Bag stay in hospital"
Description: "When and why, and where to."
* status = #finished
* class = $act-code#IMP
* subject 1..1
* period MS
* reasonCode MS
* serviceProvider 1..1

Profile: RedBagDischargeDiagnosis
Parent: Condition
Id: RedBag-DischargeDiagnosis
Title: "Red Bag diagnosis in hospital"
Description: "A diagnosis, confirmed or suspected."
* clinicalStatus 1..1
* verificationStatus MS
* category 1..*
* code 1..1 MS
* code.text 1..1
* encounter 1..1

Profile: RedBagDischargeTreatment
Parent: Procedure
Id: RedBag-DischargeTreatment
Title: "Red Bag treatment in hospital"
Description: "A treatment or procedure."
* status = #completed
* code 1..1 MS
* code.text 1..1
* encounter 1..1
* performed[x] MS
* outcome MS

Profile: RedBagDischargeMedicine
Parent: MedicationStatement
Id: RedBag-DischargeMedicine
Title: "Red Bag medicine at discharge"
Description: "A medicine and what happened to it in hospital: started, stopped, changed, unchanged, on hold."
* obeys redbag-medicine-change and redbag-medicine-stopped
* statusReason 1..1 MS
* informationSource 1..1
* dosage MS

Invariant: redbag-medicine-change
Description: "What happened to a medicine in hospital is said"
Severity: #error
Expression: "statusReason.exists() implies statusReason.coding.where(system = 'https://w3id.org/redbag/CodeSystem/medicine-change').exists()"

Invariant: redbag-medicine-stopped
Description: "A medicine that was stopped is not active"
Severity: #error
Expression: "statusReason.coding.where(system = 'https://w3id.org/redbag/CodeSystem/medicine-change' and code = 'stopped').exists() implies status = 'stopped'"

Profile: RedBagDischargeCprFlag
Parent: Flag
Id: RedBag-DischargeCprFlag
Title: "Red Bag CPR decision in hospital"
Description: "A decision made or changed in hospital that holds after discharge, as an information copy."
* status = #active
* code obeys redbag-cpr-code
* code.text 1..1
* encounter 1..1
* author 1..1
* period MS

Profile: RedBagDischargePlan
Parent: CarePlan
Id: RedBag-DischargePlan
Title: "Red Bag follow-up"
Description: "What is to be done, by whom, and when."
* status = #active
* intent = #plan
* title 1..1
* encounter 1..1
* activity 1..* MS
* activity.detail.description 1..1
