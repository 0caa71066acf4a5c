CodeSystem: AidCodeSystem
Id: aid
Title: "Red Bag aid"
Description: "Choice list of the Red Bag papers: aid."
* ^url = "https://w3id.org/redbag/CodeSystem/aid"
* ^caseSensitive = true
* #glasses "Glasses"
* #hearing-aid-left "Hearing aid, left"
* #hearing-aid-right "Hearing aid, right"
* #denture-upper "Denture, upper"
* #denture-lower "Denture, lower"
* #walking-stick "Walking stick"
* #walking-frame "Walking frame"
* #wheelchair "Wheelchair"
* #hoist "Hoist and sling"
* #pressure-relief "Pressure-relieving mattress or cushion"
* #communication "Communication aid"
* #prosthesis "Prosthesis"
* #other "Other"

ValueSet: AidValueSet
Id: aid
Title: "Red Bag aid"
Description: "All codes of the choice list: aid."
* ^url = "https://w3id.org/redbag/ValueSet/aid"
* include codes from system AidCodeSystem
