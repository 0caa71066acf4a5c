CodeSystem: MarOutcomeCodeSystem
Id: mar-outcome
Title: "Red Bag mar outcome"
Description: "Choice list of the Red Bag papers: mar outcome."
* ^url = "https://w3id.org/redbag/CodeSystem/mar-outcome"
* ^caseSensitive = true
* #given "Given"
* #part-given "Part given"
* #self-taken-seen "Taken by the resident, seen by staff"
* #left-out "Left out or prompted, not seen taken"
* #refused "Refused"
* #asleep "Asleep"
* #away "Away: in hospital, on leave, out"
* #give-later "To be given later"
* #out-of-stock "Not available"
* #vomited "Vomited after taking"
* #vomited-drug-induced "Vomited, caused by the medicine"
* #reaction "Stopped for an allergic reaction"
* #nil-by-mouth "Nil by mouth"
* #withheld "Withheld on advice"
* #not-required "Not required"
* #not-given-other "Not given, other reason"
* #said-with-dose "Said with each dose (see note)"
* #no-entry "No entry: may have been given"
* #after-record-end "After the record ends"
* #unknown "Not known"

ValueSet: MarOutcomeValueSet
Id: mar-outcome
Title: "Red Bag mar outcome"
Description: "All codes of the choice list: mar outcome."
* ^url = "https://w3id.org/redbag/ValueSet/mar-outcome"
* include codes from system MarOutcomeCodeSystem
