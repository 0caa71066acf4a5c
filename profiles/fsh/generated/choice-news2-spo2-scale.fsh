CodeSystem: News2Spo2ScaleCodeSystem
Id: news2-spo2-scale
Title: "Red Bag news2 spo2 scale"
Description: "Choice list of the Red Bag papers: news2 spo2 scale."
* ^url = "https://w3id.org/redbag/CodeSystem/news2-spo2-scale"
* ^caseSensitive = true
* #1 "Scale 1"
* #2 "Scale 2 (target 88–92 %)"

ValueSet: News2Spo2ScaleValueSet
Id: news2-spo2-scale
Title: "Red Bag news2 spo2 scale"
Description: "All codes of the choice list: news2 spo2 scale."
* ^url = "https://w3id.org/redbag/ValueSet/news2-spo2-scale"
* include codes from system News2Spo2ScaleCodeSystem
