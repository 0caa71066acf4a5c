CodeSystem: MedicineGivenByCodeSystem
Id: medicine-given-by
Title: "Red Bag medicine given by"
Description: "Choice list of the Red Bag papers: medicine given by."
* ^url = "https://w3id.org/redbag/CodeSystem/medicine-given-by"
* ^caseSensitive = true
* #district-nurse "District or community nurse"
* #mental-health-team "Community mental health team"
* #palliative-team "Hospice or palliative care team"
* #gp-practice "GP practice"
* #clinic "Hospital clinic or day unit"
* #ambulance "Ambulance crew"
* #family "Family or friend"
* #resident "The resident"
* #other "Somebody else"

ValueSet: MedicineGivenByValueSet
Id: medicine-given-by
Title: "Red Bag medicine given by"
Description: "All codes of the choice list: medicine given by."
* ^url = "https://w3id.org/redbag/ValueSet/medicine-given-by"
* include codes from system MedicineGivenByCodeSystem
