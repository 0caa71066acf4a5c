import { redbag, ukCore } from '../../fhir/systems.js';

export const MEDICATION_ADMINISTRATION = [
  redbag('StructureDefinition', 'RedBag-MedicationAdministration'),
  ukCore('MedicationAdministration'),
] as const;
