CodeSystem: GpRegistrationCodeSystem
Id: gp-registration
Title: "Red Bag gp registration"
Description: "Choice list of the Red Bag papers: gp registration."
* ^url = "https://w3id.org/redbag/CodeSystem/gp-registration"
* ^caseSensitive = true
* #registered "Registered"
* #not-registered "Not registered with a practice"
* #not-known "Not known"

ValueSet: GpRegistrationValueSet
Id: gp-registration
Title: "Red Bag gp registration"
Description: "All codes of the choice list: gp registration."
* ^url = "https://w3id.org/redbag/ValueSet/gp-registration"
* include codes from system GpRegistrationCodeSystem
