/** Packages that the service takes, for tests that are about something else than what is in them. */
import { readFileSync } from 'node:fs';
import type { JsonObject } from '#src/mapping/json.js';

/** The least that travels at night; `change` replaces top members, `resident` members of the resident. */
export const urgentBag = (
  packageId: string,
  change: JsonObject = {},
  resident: JsonObject = {},
): JsonObject => ({
  format: 'redbag/1',
  packageId,
  mode: 'urgent',
  createdAt: '2026-11-22T03:12:00+00:00',
  sender: {
    organisation: { name: 'Larch House', odsCode: 'XRBH1', telephone24h: '020 7946 0101' },
    person: { name: 'Ama Boateng', role: 'Night care worker' },
    software: { name: 'CareDesk', version: '7.2' },
  },
  destinations: [{ odsCode: 'XRB01' }],
  resident: {
    name: { given: ['Edwin'], family: 'Quillfeather' },
    birthDate: '1931-05-04',
    nhsNumber: '9990000018',
    nhsNumberStatus: 'verified',
    residence: { kind: 'care-home', homeName: 'Larch House', lines: ['1 Larch Road'], postcode: 'ZZ99 3CZ' },
    ...resident,
  },
  caresEscalation: {
    concerns: { reason: 'Found on the floor beside his bed at 02:50, hip pain, cannot stand.' },
    shared: { allergies: { state: 'none-known' } },
  },
  cprDecision: { status: 'unknown' },
  ...change,
});

/** An urgent bag for these hospitals, in this order. */
export const bagFor = (packageId: string, ...odsCodes: readonly string[]): JsonObject =>
  urgentBag(packageId, { destinations: odsCodes.map((odsCode) => ({ odsCode })) });

/** An urgent bag without a destination. */
export function bagForNowhere(packageId: string): JsonObject {
  const { destinations: _, ...bag } = urgentBag(packageId);
  return bag;
}

/** Betty's bag, every paper in it, under another packageId. */
export function bettysBag(packageId: string): JsonObject {
  const file = new URL('../../fixtures/betty/red-bag.json', import.meta.url);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as JsonObject), packageId };
}

/** A bag with one field spelt wrongly: refused in both modes, whatever else is right. */
export const misspeltBag = (packageId: string): JsonObject => {
  const { birthDate, ...resident } = urgentBag(packageId)['resident'] as JsonObject;
  return urgentBag(packageId, { resident: { ...resident, birthdate: birthDate as string } });
};
