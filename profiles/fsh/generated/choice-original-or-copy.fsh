CodeSystem: OriginalOrCopyCodeSystem
Id: original-or-copy
Title: "Red Bag original or copy"
Description: "Choice list of the Red Bag papers: original or copy."
* ^url = "https://w3id.org/redbag/CodeSystem/original-or-copy"
* ^caseSensitive = true
* #original "Original"
* #copy "Copy"
* #not-known "Not known"

ValueSet: OriginalOrCopyValueSet
Id: original-or-copy
Title: "Red Bag original or copy"
Description: "All codes of the choice list: original or copy."
* ^url = "https://w3id.org/redbag/ValueSet/original-or-copy"
* include codes from system OriginalOrCopyCodeSystem
