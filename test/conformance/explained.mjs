/** Why we differ from the reference's stored outcome on a public case, by the case's name. */
export const EXPLAINED = {
  'extension-version-restriction-range-r4':
    'the extension is defined in a package that does not come with the cases; the reference, run without it, rejects the resource too',
  'toplevel-maxvalueduration-fail':
    'found invalid, but the stored outcome names no error, so there is no place to compare',
  'obs-mz': 'we tell the element of the differential, the reference the whole definition',
  'ext-derived': 'we tell the element of the differential, the reference the path in the snapshot',
};

const DISPLAY =
  'the display is not one that the code system gives: an error in the stored outcomes of the HL7 validator, nothing for the reference as run here';
const SIGN_LANGUAGE =
  'one of the two codings (BCP 47) is in the widest value set, which suffices; the reference, without the value set at hand, refuses the SNOMED CT coding beside it';

/** The same for the examples of UK Core and MHD, by file name. */
export const EXPLAINED_EXAMPLES = {
  'Extension-UKCore-DeliveryChannel-Example.json': DISPLAY,
  'UKCore-Appointment-OrthopaedicSurgery-Example.json': DISPLAY,
  'UKCore-HealthcareService-OrthopaedicService-Example.json': DISPLAY,
  'UKCore-Observation-VitalSigns-BodyHeight-Example.json':
    'its LOINC code makes it the body height of R4, whose units are centimetres and inches; the reference as run here applies no profile by code, the HL7 validator does',
  'UKCore-Patient-RichardSmith-Example.json': SIGN_LANGUAGE,
  'UKCore-Patient-Sn-Makaton-Example.json': SIGN_LANGUAGE,
  'UKCore-Provenance-RARecordConsent-Example.json':
    'the reference does not check that a reference it cannot resolve names an allowed type; this one names StructureDefinition',
};

/** Why snapshots that we make differ from those published, by what differs. */
export const EXPLAINED_SNAPSHOTS = {
  'AuditEvent.agent.who':
    'the published snapshot was made on a base with two target profiles that R4 does not have',
  'slice min':
    'the differential gives the slice no min; ours starts at 0, theirs takes over the min of all slices together',
  'entry.response.outcome':
    'R4 says Resource (https://hl7.org/fhir/R4/bundle.html); the publisher narrows it',
  meta: 'the publisher unfolds the children of an element that the differential does not speak of, or does not unfold one that it does',
  'part.contentReference': 'theirs drops the reference once the children stand there; ours keeps both',
};
