CodeSystem: ImpairmentCodeSystem
Id: impairment
Title: "Red Bag impairment"
Description: "Choice list of the Red Bag papers: impairment."
* ^url = "https://w3id.org/redbag/CodeSystem/impairment"
* ^caseSensitive = true
* #vision "Vision (for example blindness or partial sight)"
* #hearing "Hearing (for example deafness or partial hearing)"
* #mobility "Mobility (for example walking short distances or climbing stairs)"
* #dexterity "Dexterity (for example lifting and carrying objects, using a keyboard)"
* #learning "Learning or understanding or concentrating"
* #memory "Memory"
* #mental-health "Mental health"
* #stamina "Stamina or breathing or fatigue"
* #social "Social or behavioural"
* #other "Other (please specify)"
* #patient-would-prefer-not-to-say "Patient would prefer not to say"

ValueSet: ImpairmentValueSet
Id: impairment
Title: "Red Bag impairment"
Description: "All codes of the choice list: impairment."
* ^url = "https://w3id.org/redbag/ValueSet/impairment"
* include codes from system ImpairmentCodeSystem
