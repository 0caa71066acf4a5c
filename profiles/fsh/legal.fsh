// Legal information. https://hl7.org/fhir/R4/consent.html

Profile: RedBagSharingConsent
Parent: Consent
Id: RedBag-SharingConsent
Title: "Red Bag agreement to share"
Description: "Whether the resident agreed that this information is shared, and what stands in its place."
* obeys redbag-consent-said and redbag-consent-override
* scope = $consent-scope#patient-privacy
* category 1..1
* category = $act-code#INFA
* patient 1..1
* organization 1..*
* dateTime MS
* performer MS
* policyRule MS
* provision MS

Invariant: redbag-consent-said
Description: "An agreement that is in force says yes or no"
Severity: #error
Expression: "status = 'active' implies provision.type.exists()"

Invariant: redbag-consent-override
Description: "An exception in an emergency or in best interests permits, and only what was not agreed to anyway"
Severity: #error
Expression: "provision.provision.exists() implies (provision.where(type = 'permit').empty() and provision.provision.all(type = 'permit'))"

Profile: RedBagCapacityAssessment
Parent: Observation
Id: RedBag-CapacityAssessment
Title: "Red Bag mental capacity assessment"
Description: "Whether the person had capacity for a decision."
* status = #final
* code.text 1..1
* code.text = "Mental capacity assessment"
* subject 1..1
* effective[x] MS
* performer MS
* value[x] 1..1 MS
