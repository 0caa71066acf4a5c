Instance: RedBag-not-understood
InstanceOf: Questionnaire
Usage: #definition
Title: "Values that were not understood"
* url = "https://w3id.org/redbag/Questionnaire/RedBag-not-understood"
* name = "RedBagNotUnderstood"
* title = "Values that were not understood"
* version = "0.1.0"
* status = #draft
* subjectType = #Patient
* item[0].linkId = "value"
* item[0].text = "Value that was not understood"
* item[0].type = #group
* item[0].repeats = true
* item[0].item[0].linkId = "value.pointer"
* item[0].item[0].text = "Place in the package"
* item[0].item[0].type = #string
* item[0].item[1].linkId = "value.text"
* item[0].item[1].text = "As sent"
* item[0].item[1].type = #text
* item[0].item[2].linkId = "value.number"
* item[0].item[2].text = "As sent (a number)"
* item[0].item[2].type = #decimal
* item[0].item[3].linkId = "value.reason"
* item[0].item[3].text = "Why it was not taken"
* item[0].item[3].type = #string
