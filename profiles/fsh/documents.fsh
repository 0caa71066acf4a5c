// DocumentReferences and Binaries. The two of a package follow IHE MHD 4.2.4
// (https://profiles.ihe.net/ITI/MHD/StructureDefinition-IHE.MHD.UnContained.Comprehensive.DocumentReference.html).

Profile: RedBagDocumentReference
Parent: DocumentReference
Id: RedBag-DocumentReference
Title: "Red Bag document reference"
Description: "Where one representation of a package is: its PDF, or its FHIR document."
* obeys redbag-master-identifier and redbag-pdf-transforms
* masterIdentifier 1..1 MS
* identifier 1..* MS
* docStatus 0..0
* type 1..1 MS
* category 1..1 MS
* subject 1..1 MS
* date 1..1 MS
* author 1..* MS
* custodian 1..1 MS
* description 1..1 MS
* securityLabel 1..* MS
* relatesTo MS
* content ..1 MS
* content obeys redbag-pdf-hash and redbag-fhir-no-hash
* content.attachment.contentType 1..1
* content.attachment.language 1..1
* content.attachment.url 1..1
* content.attachment.creation 1..1
* content.attachment.data 0..0
* content.format 1..1
* context 1..1
* context.facilityType 1..1
* context.practiceSetting 1..1
* context.sourcePatientInfo 1..1

Invariant: redbag-master-identifier
Description: "The master identifier is one of the identifiers, by which servers find a document"
Severity: #error
Expression: "(masterIdentifier.exists() and identifier.exists()) implies identifier.where(system = %resource.masterIdentifier.system and value = %resource.masterIdentifier.value).exists()"

Invariant: redbag-pdf-transforms
Description: "A PDF names the FHIR document that it was made from"
Severity: #error
Expression: "content.attachment.where(contentType = 'application/pdf').exists() implies relatesTo.where(code = 'transforms').exists()"

Invariant: redbag-pdf-hash
Description: "A PDF has its hash and its size"
Severity: #error
Expression: "attachment.where(contentType = 'application/pdf').all(hash.exists() and size.exists())"

Invariant: redbag-fhir-no-hash
Description: "A FHIR document has neither hash nor size: they are of bytes, and servers write it anew"
Severity: #error
Expression: "attachment.where(contentType = 'application/fhir+json').all(hash.empty() and size.empty())"

Profile: RedBagAttachment
Parent: DocumentReference
Id: RedBag-Attachment
Title: "Red Bag attachment"
Description: "A scan, photograph, film or recording that travels with the package; its bytes are a Binary of the document."
* identifier 1..* MS
* status = #current
* type 1..1
* category 1..*
* subject 1..1
* author 1..*
* custodian 1..1
* description MS
* content ..1
* content obeys redbag-hash-size
* content.attachment.contentType MS
* content.attachment.url 1..1
* content.attachment.title 1..1
* content.attachment.creation MS
* content.attachment.extension contains RedBag-AttachmentPages named pages 0..1

Invariant: redbag-hash-size
Description: "An attachment whose bytes were understood has hash and size, one whose bytes were not has neither"
Severity: #error
Expression: "attachment.hash.exists() = attachment.size.exists()"

Extension: RedBagAttachmentPages
Id: RedBag-AttachmentPages
Title: "Red Bag pages of an attachment"
Description: "How many pages the paper has."
Context: Attachment
* value[x] 1..1
* value[x] only positiveInt

Profile: RedBagLinkedMedia
Parent: DocumentReference
Id: RedBag-LinkedMedia
Title: "Red Bag film, sound or picture kept elsewhere"
Description: "A medium of About Me that does not travel with the package."
* status = #current
* type 1..1
* subject 1..1
* author 1..*
* content ..1
* content.attachment.url 1..1

Profile: RedBagBinary
Parent: Binary
Id: RedBag-Binary
Title: "Red Bag attachment bytes"
Description: "The bytes of an attachment."
* obeys redbag-media-type
* data MS

Invariant: redbag-media-type
Description: "Bytes are of a kind that cannot act: PDF, picture, film, sound, or nothing claimed; never SVG or HTML"
Severity: #error
Expression: "contentType.toString() in ('application/pdf' | 'image/png' | 'image/jpeg' | 'video/mp4' | 'audio/mp4' | 'audio/mpeg' | 'audio/wav' | 'application/octet-stream')"

CodeSystem: DocumentFormatCodeSystem
Id: document-format
Title: "Red Bag document format"
Description: "Formats of a document, for DocumentReference.content.format."
* ^url = "https://w3id.org/redbag/CodeSystem/document-format"
* ^caseSensitive = true
* #redbag-document-1 "Red Bag FHIR document, version 1"
