CodeSystem: ReasonableAdjustmentCategoryCodeSystem
Id: reasonable-adjustment-category
Title: "Red Bag reasonable adjustment category"
Description: "Choice list of the Red Bag papers: reasonable adjustment category."
* ^url = "https://w3id.org/redbag/CodeSystem/reasonable-adjustment-category"
* ^caseSensitive = true
* #communication-support "Communication support"
* #requires-communication-professional "Requires communication professional"
* #requires-specific-contact-method "Requires specific contact method"
* #requires-specific-information-format "Requires specific information format"
* #additional-communication-needs-and-support "Additional communication needs and support"
* #community-language-support "Community Language Support"
* #adjustments-for-providing-additional-support-to-patients "Adjustments for providing Additional Support to patients"
* #adjustments-for-individual-care-requirements "Adjustments for Individual Care Requirements"
* #adjustments-in-relation-to-the-environment-of-care "Adjustments in relation to the environment of care"
* #adjustments-to-support-additional-needs "Adjustments to support Additional needs"
* #bespoke-reasonable-adjustments "Bespoke Reasonable adjustments"

ValueSet: ReasonableAdjustmentCategoryValueSet
Id: reasonable-adjustment-category
Title: "Red Bag reasonable adjustment category"
Description: "All codes of the choice list: reasonable adjustment category."
* ^url = "https://w3id.org/redbag/ValueSet/reasonable-adjustment-category"
* include codes from system ReasonableAdjustmentCategoryCodeSystem
