CodeSystem: CapabilityCodeSystem
Id: capability
Title: "Red Bag capability"
Description: "Choice list of the Red Bag papers: capability."
* ^url = "https://w3id.org/redbag/CodeSystem/capability"
* ^caseSensitive = true
* #independent "Independent"
* #slight-disability "Slight disability"
* #moderate-disability "Moderate disability"
* #moderately-severe-disability "Moderately severe disability"
* #severe-disability "Severe disability"

ValueSet: CapabilityValueSet
Id: capability
Title: "Red Bag capability"
Description: "All codes of the choice list: capability."
* ^url = "https://w3id.org/redbag/ValueSet/capability"
* include codes from system CapabilityCodeSystem
