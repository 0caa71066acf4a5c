// The resident and the people around. https://hl7.org/fhir/R4/patient.html

Profile: RedBagPatient
Parent: Patient
Id: RedBag-Patient
Title: "Red Bag resident"
Description: "The resident: name, birth date and address are mandatory in both modes; the NHS number is sent when it is held."
* insert Person
* address 1..*
* active 1..1
* generalPractitioner MS
* managingOrganization MS
* communication MS

Profile: RedBagPersonalContact
Parent: RelatedPerson
Id: RedBag-PersonalContact
Title: "Red Bag personal contact"
Description: "Family, friends, neighbours. One who must not be contacted is not active."
* active 1..1 MS
* name 1..* MS
* relationship MS
* telecom MS
* address MS

Profile: RedBagAttorney
Parent: RelatedPerson
Id: RedBag-Attorney
Title: "Red Bag attorney or deputy"
Description: "Who may act for the resident in law, and by which power."
* obeys redbag-attorney-kind
* active 1..1
* name 1..* MS
* relationship 1..* MS
* telecom MS

Invariant: redbag-attorney-kind
Description: "An attorney's or deputy's power is said"
Severity: #error
Expression: "relationship.exists() implies relationship.coding.where(system = 'https://w3id.org/redbag/CodeSystem/attorney-kind').exists()"

Profile: RedBagProfessionalContact
Parent: PractitionerRole
Id: RedBag-ProfessionalContact
Title: "Red Bag professional contact"
Description: "A professional or service that knows the resident."
* practitioner MS
* organization MS
* code 1..* MS
* specialty MS
* telecom MS

Profile: RedBagPractitioner
Parent: Practitioner
Id: RedBag-Practitioner
Title: "Red Bag practitioner"
Description: "A person who wrote, decided or sent; with the entry in a professional register where there is one."
* obeys redbag-practitioner
* identifier MS
* identifier obeys redbag-register
* name MS
* telecom MS

Invariant: redbag-practitioner
Description: "A practitioner is known by name or by an entry in a register"
Severity: #error
Expression: "name.exists() or identifier.exists()"

Invariant: redbag-register
Description: "A professional's identifier names the register that it is from"
Severity: #error
Expression: "system.exists() and value.exists()"

Profile: RedBagPractitionerRole
Parent: PractitionerRole
Id: RedBag-PractitionerRole
Title: "Red Bag sending person's role"
Description: "The person who sent the package, in the organisation that sent it."
* practitioner 1..1 MS
* organization 1..1 MS
* code MS
