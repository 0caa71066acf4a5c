// The medicines administration record. https://hl7.org/fhir/R4/medicationadministration.html

Profile: RedBagMedication
Parent: Medication
Id: RedBag-Medication
Title: "Red Bag medicine"
Description: "A medicine as it stands on the chart; coded by dm+d where the home has the code."
* code 1..1 MS
* code.text 1..1
* form MS

Profile: RedBagMedicationStatement
Parent: MedicationStatement
Id: RedBag-MedicationStatement
Title: "Red Bag medicine in use"
Description: "What the resident takes: the home does not prescribe."
* category 1..1
* medication[x] only Reference(Medication)
* effective[x] MS
* dateAsserted MS
* informationSource 1..1 MS
* dosage MS
* note MS

Profile: RedBagMedicationAdministration
Parent: MedicationAdministration
Id: RedBag-MedicationAdministration
Title: "Red Bag entry of the chart"
Description: "A dose given, refused, missed, or without an entry. A letter of the chart means what its own key says."
* obeys redbag-dose-reason and redbag-dose-given and redbag-dose-refused
* statusReason MS
* statusReason obeys redbag-dose-outcome
* medication[x] only Reference(Medication)
* supportingInformation 1..* MS
* performer MS
* dosage MS
* note MS

Invariant: redbag-dose-reason
Description: "A dose that was not simply given says why"
Severity: #error
Expression: "status = 'completed' or statusReason.exists()"

Invariant: redbag-dose-given
Description: "A dose that was given has no reason for its not being given"
Severity: #error
Expression: "status = 'completed' implies statusReason.empty()"

Invariant: redbag-dose-refused
Description: "A dose that was refused, or could not be had, was not given"
Severity: #error
Expression: "statusReason.coding.where(system = 'https://w3id.org/redbag/CodeSystem/mar-outcome' and (code = 'refused' or code = 'out-of-stock' or code = 'away')).exists() implies status = 'not-done'"

Invariant: redbag-dose-outcome
Description: "A reason has its outcome in the Red Bag's list, and the chart's own word or letter"
Severity: #error
Expression: "coding.where(system = 'https://w3id.org/redbag/CodeSystem/mar-outcome').exists() and text.exists()"
