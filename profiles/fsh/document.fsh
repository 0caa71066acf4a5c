// The document Bundle. https://hl7.org/fhir/R4/documents.html ; rules of the International Patient Summary and of HL7's
// clinical document guide that R4 itself does not state are invariants here. What bdl-1 to bdl-12 already state
// (no total, search, request or response; identifier and timestamp there; Composition first) is not said twice.

Profile: RedBagDocument
Parent: Bundle
Id: RedBag-Document
Title: "Red Bag document"
Description: "A package of papers between care home and hospital as one FHIR document."
* obeys redbag-composition and redbag-references and redbag-attachment-bytes and redbag-timestamp and redbag-patient and redbag-same-patient and redbag-allergies and redbag-cpr and redbag-assembler
* identifier MS
* identifier obeys redbag-document-identifier
* type = #document
* timestamp MS
* entry MS
* entry obeys redbag-full-url
* entry.fullUrl 1..1

Invariant: redbag-composition
Description: "A document has exactly one Composition"
Severity: #error
Expression: "entry.resource.ofType(Composition).count() = 1"

Invariant: redbag-references
Description: "Every reference of the form urn:uuid: is the fullUrl of an entry"
Severity: #error
Expression: "entry.resource.descendants().ofType(Reference).reference.select($this.toString()).where($this.startsWith('urn:uuid:')).distinct().exclude(entry.fullUrl.select($this.toString())).empty()"

Invariant: redbag-attachment-bytes
Description: "The bytes of an attachment are an entry of the document"
Severity: #error
Expression: "entry.resource.ofType(DocumentReference).where(meta.profile.where($this.toString() = 'https://w3id.org/redbag/StructureDefinition/RedBag-Attachment').exists()).content.attachment.url.select($this.toString()).distinct().exclude(entry.fullUrl.select($this.toString())).empty()"

Invariant: redbag-full-url
Description: "The fullUrl of an entry is urn:uuid: and the id of its resource"
Severity: #error
Expression: "(fullUrl.exists() and resource.exists()) implies fullUrl.toString() = 'urn:uuid:' & resource.id.toString()"

Invariant: redbag-timestamp
Description: "A document is not put together before it is written"
Severity: #error
Expression: "entry.resource.ofType(Composition).date.all($this <= %resource.timestamp)"

Invariant: redbag-patient
Description: "A document has exactly one Patient"
Severity: #error
Expression: "entry.resource.ofType(Patient).count() = 1"

Invariant: redbag-same-patient
Description: "Everything in a document that has a subject or patient is about the same one"
Severity: #error
Expression: "entry.resource.select(subject | patient).reference.distinct().count() <= 1"

Invariant: redbag-allergies
Description: "A Red Bag says of allergies what is known: entries, none known, or an empty List that says why it is empty"
Severity: #error
Expression: "entry.resource.ofType(Composition).type.coding.where(code = '734163000').exists() implies (entry.resource.ofType(AllergyIntolerance).exists() or entry.resource.ofType(List).where(emptyReason.exists() and code.coding.where(code = '886921000000105').exists()).exists())"

Invariant: redbag-cpr
Description: "A Red Bag says what is known of a CPR decision: a Flag for a decision, an Observation that there is none or that it is not known"
Severity: #error
Expression: "entry.resource.ofType(Composition).type.coding.where(code = '734163000').exists() implies (entry.resource.ofType(Flag).code.coding.where(system = 'https://w3id.org/redbag/CodeSystem/cpr-status').exists() or entry.resource.ofType(Observation).value.ofType(CodeableConcept).coding.where(system = 'https://w3id.org/redbag/CodeSystem/cpr-status').exists())"

Invariant: redbag-assembler
Description: "Of every paper of a Red Bag it is said which software put it together"
Severity: #error
Expression: "entry.resource.ofType(Composition).type.coding.where(code = '734163000').exists() implies entry.resource.ofType(Provenance).all(agent.where(type.coding.where(code = 'assembler').exists()).count() = 1)"

Profile: RedBagComposition
Parent: Composition
Id: RedBag-Composition
Title: "Red Bag Composition"
Description: "What the document is, of whom, by whom, and its sections in the order in which they are read."
* insert DocumentHead
* type = $sct#734163000
* type.text MS
* section.section.title 1..1
* section.section.code 1..1
* section.section obeys redbag-section-readable
