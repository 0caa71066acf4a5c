// What several profiles share. Profiles bind what UK Core leaves out: what PRSB marks M in both modes is min 1, what it
// marks R is must support (MS) and may be absent. A value that was not understood or is withheld leaves its element
// absent, so nothing below asks for an element of such a leaf.

Alias: $sct = http://snomed.info/sct
Alias: $flag-category = http://terminology.hl7.org/CodeSystem/flag-category
Alias: $act-code = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $consent-scope = http://terminology.hl7.org/CodeSystem/consentscope

// ---- Resident ----

RuleSet: Person
* identifier MS
* identifier obeys redbag-nhs-format and redbag-nhs-check-digit and redbag-nhs-same-digit and redbag-nhs-status
* obeys redbag-nhs-one
* name 1..* MS
* birthDate 1..1 MS
* address MS
* gender MS
* telecom MS

Invariant: redbag-nhs-format
Description: "An NHS number has ten digits and nothing else"
Severity: #error
Expression: "where(system = 'https://fhir.nhs.uk/Id/nhs-number').all(value.exists() and value.matches('^[0-9]{10}$'))"

// Weights 10 to 2 on the first nine digits, 1 on the check digit: the sum is a multiple of 11. A remainder that would
// need the check digit 10 can never be one.
Invariant: redbag-nhs-check-digit
Description: "The check digit of an NHS number is right (modulus 11)"
Severity: #error
Expression: "where(system = 'https://fhir.nhs.uk/Id/nhs-number' and value.matches('^[0-9]{10}$')).all((value.substring(0,1).toInteger() * 10 + value.substring(1,1).toInteger() * 9 + value.substring(2,1).toInteger() * 8 + value.substring(3,1).toInteger() * 7 + value.substring(4,1).toInteger() * 6 + value.substring(5,1).toInteger() * 5 + value.substring(6,1).toInteger() * 4 + value.substring(7,1).toInteger() * 3 + value.substring(8,1).toInteger() * 2 + value.substring(9,1).toInteger()) mod 11 = 0)"

Invariant: redbag-nhs-same-digit
Description: "An NHS number is not one digit ten times, although such a number has a right check digit"
Severity: #error
Expression: "where(system = 'https://fhir.nhs.uk/Id/nhs-number' and value.matches('^[0-9]{10}$')).all(value.replace(value.substring(0,1), '') != '')"

Invariant: redbag-nhs-status
Description: "A verification status of the NHS number stands on the NHS number and on no other identifier"
Severity: #error
Expression: "extension.where(url = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus').exists() implies (system.exists() and system = 'https://fhir.nhs.uk/Id/nhs-number')"

Invariant: redbag-nhs-one
Description: "A resident has one NHS number at most"
Severity: #error
Expression: "identifier.where(system = 'https://fhir.nhs.uk/Id/nhs-number').count() <= 1"

// ---- Organisations ----

RuleSet: CodedOrganisation
* identifier MS
* identifier obeys redbag-ods-code and redbag-cqc-location
* name MS
* telecom MS
* address MS

Invariant: redbag-ods-code
Description: "An ODS code is made of capital letters and digits"
Severity: #error
Expression: "where(system = 'https://fhir.nhs.uk/Id/ods-site-code' or system = 'https://fhir.nhs.uk/Id/ods-organization-code').all(value.exists() and value.matches('^[A-Z0-9]{3,12}$'))"

Invariant: redbag-cqc-location
Description: "A CQC location id is 1- and nine or ten digits, or five capital letters and digits"
Severity: #error
Expression: "where(system = 'https://w3id.org/redbag/Id/cqc-location').all(value.exists() and value.matches('^(1-[0-9]{9,10}|[A-Z0-9]{5})$'))"

// ---- Compositions ----

RuleSet: DocumentHead
* obeys redbag-targets
* identifier 1..1 MS
* identifier obeys redbag-document-identifier
* status = #final
* subject 1..1 MS
* encounter 1..1 MS
* author MS
* confidentiality 1..1 MS
* custodian 1..1 MS
* section 1..* MS
* section.title 1..1
* section.code 1..1 MS
* section obeys redbag-section-readable

Invariant: redbag-targets
Description: "Everything that the Composition refers to is an entry of the document"
Severity: #error
Expression: "(subject | encounter | author | custodian | section.entry | section.section.entry).all(reference.exists() and reference.startsWith('urn:uuid:'))"

Invariant: redbag-section-readable
Description: "A section can be read by a person: it has text of its own, or sub-sections that have"
Severity: #error
Expression: "text.exists() or section.exists()"

Invariant: redbag-document-identifier
Description: "The identifier of a document is a UUID as URI"
Severity: #error
Expression: "system = 'urn:ietf:rfc:3986' and value.matches('^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$')"

// ---- CPR ----

Invariant: redbag-cpr-code
Description: "A CPR flag says one thing: for attempted CPR, or not for attempted CPR (SNOMED CT)"
Severity: #error
Expression: "coding.where(system = 'http://snomed.info/sct' and (code = '450475007' or code = '450476008')).count() = 1"
