CodeSystem: PreferredPlaceOfDeathCodeSystem
Id: preferred-place-of-death
Title: "Red Bag preferred place of death"
Description: "Choice list of the Red Bag papers: preferred place of death."
* ^url = "https://w3id.org/redbag/CodeSystem/preferred-place-of-death"
* ^caseSensitive = true
* #care-home "Care home"
* #nursing-home "Nursing home"
* #residential-home "Residential home"
* #home "Home"
* #usual-place-of-residence "Usual place of residence"
* #hospital "Hospital"
* #community-hospital "Community hospital"
* #hospice "Hospice"
* #hospice-community-lodge "Hospice community lodge"
* #learning-disability-unit "Learning disability unit"
* #mental-health-unit "Mental health unit"
* #no-preference "No preference"
* #undecided "Undecided"
* #declined "Declined to say"
* #unable-to-express "Unable to express a preference"
* #discussion-not-appropriate "Discussion not appropriate"

ValueSet: PreferredPlaceOfDeathValueSet
Id: preferred-place-of-death
Title: "Red Bag preferred place of death"
Description: "All codes of the choice list: preferred place of death."
* ^url = "https://w3id.org/redbag/ValueSet/preferred-place-of-death"
* include codes from system PreferredPlaceOfDeathCodeSystem
