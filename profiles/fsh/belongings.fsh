// The checklist of belongings. https://hl7.org/fhir/R4/list.html

Profile: RedBagBelongingsList
Parent: List
Id: RedBag-BelongingsList
Title: "Red Bag checklist of belongings"
Description: "What is in the bag, by the bag's tracker number."
* obeys redbag-tracker
* identifier MS
* status = #current
* mode = #working
* title 1..1
* code 1..1
* subject 1..1
* encounter 1..1
* date MS
* source 1..1
* entry MS

Invariant: redbag-tracker
Description: "A bag has its tracker number"
Severity: #error
Expression: "identifier.where(system = 'https://w3id.org/redbag/Id/bag-tracker-number' and value.exists()).count() = 1"

Profile: RedBagBelonging
Parent: Device
Id: RedBag-Belonging
Title: "Red Bag belonging"
Description: "A thing that travels with the resident."
* deviceName 1..* MS
* type 1..1 MS
* patient 1..1
