// Organisations. https://hl7.org/fhir/R4/organization.html (org-1: a name or an identifier)

Profile: RedBagSendingOrganization
Parent: Organization
Id: RedBag-SendingOrganization
Title: "Red Bag sending home"
Description: "The care home that sends. Its name is there or, for a sensitive resident, said to be withheld."
* insert CodedOrganisation
* name 1..1

Profile: RedBagCareHome
Parent: Organization
Id: RedBag-CareHome
Title: "Red Bag care home"
Description: "The care home in which the resident lives."
* insert CodedOrganisation

Profile: RedBagCareAgency
Parent: Organization
Id: RedBag-CareAgency
Title: "Red Bag care agency"
Description: "The agency that cares for a resident in their own home."
* insert CodedOrganisation
* name 1..1

Profile: RedBagGPPractice
Parent: Organization
Id: RedBag-GPPractice
Title: "Red Bag GP practice"
Description: "The practice at which the resident is registered."
* insert CodedOrganisation
