CodeSystem: AttorneyKindCodeSystem
Id: attorney-kind
Title: "Red Bag attorney kind"
Description: "Choice list of the Red Bag papers: attorney kind."
* ^url = "https://w3id.org/redbag/CodeSystem/attorney-kind"
* ^caseSensitive = true
* #lpa-health-and-welfare "Lasting power of attorney, health and welfare"
* #lpa-property-and-affairs "Lasting power of attorney, property and affairs"
* #deputy-health-and-welfare "Court-appointed deputy, health and welfare"
* #deputy-property-and-affairs "Court-appointed deputy, property and affairs"
* #enduring-power "Enduring power of attorney (before October 2007)"

ValueSet: AttorneyKindValueSet
Id: attorney-kind
Title: "Red Bag attorney kind"
Description: "All codes of the choice list: attorney kind."
* ^url = "https://w3id.org/redbag/ValueSet/attorney-kind"
* include codes from system AttorneyKindCodeSystem
