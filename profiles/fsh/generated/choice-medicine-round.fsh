CodeSystem: MedicineRoundCodeSystem
Id: medicine-round
Title: "Red Bag medicine round"
Description: "Choice list of the Red Bag papers: medicine round."
* ^url = "https://w3id.org/redbag/CodeSystem/medicine-round"
* ^caseSensitive = true
* #waking "On waking"
* #before-breakfast "Before breakfast"
* #breakfast "With breakfast"
* #after-breakfast "After breakfast"
* #morning "Morning"
* #lunch "With lunch"
* #afternoon "Afternoon"
* #evening-meal "With the evening meal"
* #evening "Evening"
* #bedtime "Bedtime"
* #night "Night"

ValueSet: MedicineRoundValueSet
Id: medicine-round
Title: "Red Bag medicine round"
Description: "All codes of the choice list: medicine round."
* ^url = "https://w3id.org/redbag/ValueSet/medicine-round"
* include codes from system MedicineRoundCodeSystem
