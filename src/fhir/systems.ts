/**
 * Identifier and code systems by name. Sources: NHS England NamingSystems and UK Core (STU3 sequence, 2025-06),
 * https://simplifier.net/hl7fhirukcorer4 ; our own stand under https://w3id.org/redbag.
 */
export const REDBAG = 'https://w3id.org/redbag';

export const systems = {
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  odsOrganisation: 'https://fhir.nhs.uk/Id/ods-organization-code',
  odsSite: 'https://fhir.nhs.uk/Id/ods-site-code',
  /** No official FHIR system for CQC location ids was found; this one is ours. */
  cqcLocation: `${REDBAG}/Id/cqc-location`,
  gmc: 'https://fhir.hl7.org.uk/Id/gmc-number',
  nmc: 'https://fhir.hl7.org.uk/Id/nmc-number',
  hcpc: 'https://fhir.hl7.org.uk/Id/hcpc-number',
  gphc: 'https://fhir.hl7.org.uk/Id/gphc-number',
  snomed: 'http://snomed.info/sct',
  dmd: 'https://dmd.nhs.uk',
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
  ukCoreHeadings: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-RecordStandardHeadings',
  nhsNumberVerification: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
  ukCoreListEmptyReason: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-ListEmptyReasonCode',
  dataAbsentReason: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  uri: 'urn:ietf:rfc:3986',
  bcp47: 'urn:ietf:bcp:47',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  actReason: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  roleCode: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  contactRole: 'http://terminology.hl7.org/CodeSystem/v2-0131',
} as const;

export const extensions = {
  dataAbsentReason: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
  nhsNumberVerification:
    'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
} as const;

/** Canonical of one of our own definitions, e.g. `redbag('StructureDefinition', 'RedBag-Patient')`. */
export const redbag = (type: string, id: string): string => `${REDBAG}/${type}/${id}`;

/** Canonical of a UK Core profile, e.g. `ukCore('Patient')`. */
export const ukCore = (name: string): string => `https://fhir.hl7.org.uk/StructureDefinition/UKCore-${name}`;
