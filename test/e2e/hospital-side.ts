/** What stands at a pretend hospital, asked as its EPR would ask. */
import type { Binary, Bundle, DocumentReference, FhirResource } from 'fhir/r4';

export interface AtHospital {
  readonly documents: readonly DocumentReference[];
  readonly binaries: readonly Binary[];
  readonly bundles: readonly Bundle[];
}

/** Everything that the hospital has: doubles show, because it removes none by itself. */
export async function atHospital(sandboxUrl: string, odsCode: string): Promise<AtHospital> {
  const all = async <R extends FhirResource>(type: R['resourceType']): Promise<R[]> => {
    const response = await fetch(`${sandboxUrl}/${odsCode}/fhir/${type}`);
    if (response.status !== 200) throw new Error(`${odsCode} ${type}: ${response.status}`);
    return ((await response.json()) as Bundle<R>).entry?.map((e) => e.resource as R) ?? [];
  };
  return {
    documents: await all<DocumentReference>('DocumentReference'),
    binaries: await all<Binary>('Binary'),
    bundles: await all<Bundle>('Bundle'),
  };
}

/** One line for each document: kind of its content and status. */
export const standing = ({ documents }: AtHospital): string[] =>
  documents.map((d) => `${d.content[0]?.attachment.contentType} ${d.status}`).sort();

/** Documents, bodies and links that do not fit together; empty when each document stands there once, with its body. */
export function untidy({ documents, binaries, bundles }: AtHospital): string[] {
  const names = documents.map((d) => d.masterIdentifier?.value);
  const bodies = new Set([...binaries, ...bundles].map((r) => `${r.resourceType}/${r.id}`));
  const pointed = new Set(documents.map((d) => d.content[0]?.attachment.url ?? ''));
  const there = new Set(documents.map((d) => `DocumentReference/${d.id}`));
  return [
    ...names.filter((n, i) => names.indexOf(n) !== i).map((n) => `${n} is there twice`),
    ...[...bodies].filter((b) => !pointed.has(b)).map((b) => `${b} belongs to no document`),
    ...[...pointed].filter((p) => !bodies.has(p)).map((p) => `${p} is pointed to and not there`),
    ...documents.flatMap((d) =>
      (d.relatesTo ?? [])
        .filter(({ target }) => target.reference !== undefined && !there.has(target.reference))
        .map(({ target }) => `${target.reference} is related to and not there`),
    ),
  ];
}
