CodeSystem: WeekdayCodeSystem
Id: weekday
Title: "Red Bag weekday"
Description: "Choice list of the Red Bag papers: weekday."
* ^url = "https://w3id.org/redbag/CodeSystem/weekday"
* ^caseSensitive = true
* #mon "Monday"
* #tue "Tuesday"
* #wed "Wednesday"
* #thu "Thursday"
* #fri "Friday"
* #sat "Saturday"
* #sun "Sunday"

ValueSet: WeekdayValueSet
Id: weekday
Title: "Red Bag weekday"
Description: "All codes of the choice list: weekday."
* ^url = "https://w3id.org/redbag/ValueSet/weekday"
* include codes from system WeekdayCodeSystem
