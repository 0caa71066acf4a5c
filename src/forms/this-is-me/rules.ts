import { isMoment } from '../../mapping/formats.js';
import { isObject, type Json, type JsonObject, step } from '../../mapping/json.js';
import { hasExtension } from '../file-name.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import { crosswalk, HEADING_MEMBERS } from './headings.js';

/** PRSB gives this item 150 characters; more is kept whole. */
const SUPPORTED_BY_LENGTH = 150;
const YEAR_MS = 365.25 * 24 * 3600 * 1000;

/** Rules of About Me and its kin: nothing here refuses a bag, everything is kept as sent. */
export const thisIsMeRules: Form['rules'] = (data, pointer, context) => [
  ...emptiness(data, pointer),
  ...versions(data, pointer),
  ...[...mediaOf(data, pointer)].flatMap(([medium, at]) => mediumRules(medium, at, context.package)),
  ...freeHeadings(data, pointer),
  ...supportedBy(data, pointer),
  ...age(data, pointer, context.package['createdAt'] ?? context.now),
];

/**
 * True when `a` was certainly last updated before `b`: readers see the newest only, and an older one that comes later
 * is accepted with a warning. Not known, or the same day where one of them has no time: false.
 */
export function isOlder(a: JsonObject, b: JsonObject): boolean {
  const [first, second] = [updated(a), updated(b)];
  if (first === undefined || second === undefined) return false;
  if (isMoment(first) && isMoment(second)) return Date.parse(first) < Date.parse(second);
  const precision = Math.min(first.length, second.length, 'YYYY-MM-DD'.length);
  return first.slice(0, precision) < second.slice(0, precision);
}

const updated = (data: JsonObject): string | undefined => {
  const value = data['lastUpdated'] ?? data['date'];
  return typeof value === 'string' ? value : undefined;
};

/** Every medium of the form with its pointer. */
export function* mediaOf(
  data: JsonObject,
  pointer: string,
): Generator<[medium: JsonObject, pointer: string]> {
  for (const member of HEADING_MEMBERS) {
    const heading = data[member];
    if (isObject(heading) && isObject(heading['media'])) {
      yield [heading['media'], `${pointer}/${member}/media`];
    }
  }
  for (const [i, item] of list(data['headings']).entries()) {
    if (isObject(item['media'])) yield [item['media'], `${pointer}/headings${step(i)}/media`];
  }
}

const list = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter((v): v is JsonObject => isObject(v)) : [];

function emptiness(data: JsonObject, pointer: string): Finding[] {
  const told = HEADING_MEMBERS.some((m) => data[m] !== undefined) || data['headings'] !== undefined;
  return told ? [] : [{ code: 'about-me-empty', pointer }];
}

/** What a version does not have is told, and kept. */
function versions(data: JsonObject, pointer: string): Finding[] {
  const version = data['version'] ?? '2.01';
  const document = data['document'] ?? 'about-me';
  const findings: Finding[] = [];
  const foreign = (field: string, at = `${pointer}/${field}`): void => {
    findings.push({
      code: 'about-me-version-lacks',
      pointer: at,
      values: { field, version: String(version) },
    });
  };
  if (version !== '2.01') {
    for (const member of HEADING_MEMBERS) {
      const heading = data[member];
      if (isObject(heading) && heading['media'] !== undefined) foreign('media', `${pointer}/${member}/media`);
    }
  }
  if (version !== '1.x' && data['multimediaLocation'] !== undefined) foreign('multimediaLocation');
  if (version === '2.01' && document === 'about-me' && data['date'] !== undefined) foreign('date');
  if (document === 'about-me' && data['headings'] !== undefined) foreign('headings');
  return findings;
}

function mediumRules(medium: JsonObject, at: string, bag: JsonObject): Finding[] {
  const { attachmentId, url, filename, mimeType } = medium;
  const findings: Finding[] = [];
  if (attachmentId === undefined && url === undefined)
    findings.push({ code: 'media-without-file', pointer: at });
  if (attachmentId !== undefined && url !== undefined)
    findings.push({ code: 'media-in-two-places', pointer: at });
  if (typeof filename === 'string' && hasExtension(filename)) {
    findings.push({ code: 'filename-with-extension', pointer: `${at}/filename` });
  }
  const attached = list(bag['attachments']).find(
    (a) => attachmentId !== undefined && a['id'] === attachmentId,
  );
  const type = attached?.['contentType'];
  if (typeof type === 'string' && typeof mimeType === 'string' && type !== mimeType) {
    findings.push({ code: 'media-type-differs', pointer: `${at}/mimeType`, values: { attachment: type } });
  }
  return findings;
}

/** A label that the table does not know stands under the last heading: told, so that the home can say better. */
const freeHeadings = (data: JsonObject, pointer: string): Finding[] =>
  list(data['headings']).flatMap((item, i): Finding[] =>
    item['aboutMeHeading'] === undefined &&
    typeof item['label'] === 'string' &&
    crosswalk(item['label']) === undefined
      ? [{ code: 'heading-not-in-crosswalk', pointer: `${pointer}/headings${step(i)}/label` }]
      : [],
  );

function supportedBy(data: JsonObject, pointer: string): Finding[] {
  const by = data['supportedToWriteThisBy'];
  return typeof by === 'string' && [...by].length > SUPPORTED_BY_LENGTH
    ? [
        {
          code: 'supported-by-long',
          pointer: `${pointer}/supportedToWriteThisBy`,
          values: { length: [...by].length, limit: SUPPORTED_BY_LENGTH },
        },
      ]
    : [];
}

function age(data: JsonObject, pointer: string, reference: Json): Finding[] {
  const value = updated(data);
  const at = `${pointer}/${data['lastUpdated'] === undefined ? 'date' : 'lastUpdated'}`;
  const [then, now] = [Date.parse(value ?? ''), Date.parse(String(reference))];
  if (Number.isNaN(then) || Number.isNaN(now)) return [];
  // A day has no offset: what is tomorrow in UTC may be today at the home.
  if (then - now > 24 * 3600 * 1000) return [{ code: 'about-me-from-the-future', pointer: at }];
  return now - then > YEAR_MS ? [{ code: 'about-me-stale', pointer: at }] : [];
}
