/** A hospital's own words on a document: type, category, title … replace ours, nothing else changes. */
import type { CodeableConcept, DocumentReference } from 'fhir/r4';
import type { HospitalLabels } from './hospitals.js';

/**
 * @param document as stored; it is not changed
 * @param kind the title of the PDF's row and that of the FHIR document differ
 */
export function applyLabels(
  document: DocumentReference,
  kind: 'pdf' | 'fhir',
  labels: HospitalLabels,
): DocumentReference {
  const title = kind === 'pdf' ? labels.title : labels.titleFhir;
  const { practiceSetting, facilityType } = labels;
  return {
    ...document,
    ...(labels.type && { type: labels.type as CodeableConcept }),
    ...(labels.category && { category: labels.category as CodeableConcept[] }),
    ...(labels.description !== undefined && { description: labels.description }),
    ...(labels.securityLabel && { securityLabel: labels.securityLabel as CodeableConcept[] }),
    ...(title !== undefined && {
      content: document.content.map((content) => ({
        ...content,
        attachment: { ...content.attachment, title },
      })),
    }),
    ...((practiceSetting || facilityType) && {
      context: {
        ...document.context,
        ...(practiceSetting && { practiceSetting: practiceSetting as CodeableConcept }),
        ...(facilityType && { facilityType: facilityType as CodeableConcept }),
      },
    }),
  };
}
