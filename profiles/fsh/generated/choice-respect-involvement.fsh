CodeSystem: RespectInvolvementCodeSystem
Id: respect-involvement
Title: "Red Bag respect involvement"
Description: "Choice list of the Red Bag papers: respect involvement."
* ^url = "https://w3id.org/redbag/CodeSystem/respect-involvement"
* ^caseSensitive = true
* #person-took-part "A: the person has capacity and took part"
* #person-lacks-capacity "B: the person lacks capacity; decided by law in best interests"
* #under-18 "C: the person is under 18"
* #no-discussion "D: no shared decision-making yet, reason given"

ValueSet: RespectInvolvementValueSet
Id: respect-involvement
Title: "Red Bag respect involvement"
Description: "All codes of the choice list: respect involvement."
* ^url = "https://w3id.org/redbag/ValueSet/respect-involvement"
* include codes from system RespectInvolvementCodeSystem
