/** Every check of a package before anything is made of it, the same for HTTP and the command line. */
import { isTestNhsNumber, parseNhsNumber } from '../fhir/nhs-number.js';
import type { Finding } from '../forms/finding.js';
import type { PackageCheck } from '../intake/check.js';
import type { Issue } from '../intake/issue.js';
import { issueOf, type Mode } from '../intake/issues.js';
import { valueAt } from '../intake/not-understood.js';
import { sortIssues } from '../intake/sort-issues.js';
import { type JsonObject, member } from '../mapping/json.js';
import type { NotUnderstood } from './prepared.js';
import type { Invalid } from './service-interface.js';

export interface InspectionOptions {
  readonly check: PackageCheck;
  /** What can only be told by reading attachments; content faults among them are carried in urgent mode. */
  readonly checkAttachments: (sent: JsonObject) => Promise<readonly Finding[]>;
  /** Undefined where nobody knows what the package is for (the command line): test numbers are not judged. */
  readonly demonstration?: boolean;
}

/** A package that may be taken, with the warnings that it gave. */
export interface Inspected {
  readonly kind: 'good';
  readonly sent: JsonObject;
  readonly mode: Mode;
  readonly notUnderstood: readonly NotUnderstood[];
  readonly issues: readonly Issue[];
}

export type Inspection = (bytes: Uint8Array, now: string) => Promise<Inspected | Invalid>;

/** Makes the inspection. */
export function createInspection(options: InspectionOptions): Inspection {
  return async (bytes, now) => {
    const checked = options.check(bytes, now);
    if (!checked.valid) {
      return {
        kind: 'invalid',
        issues: checked.issues,
        status: checked.because === 'unreadable' ? 400 : 422,
      };
    }
    const { package: sent, mode } = checked;
    const attachments = await options.checkAttachments(sent);
    const later = [...attachments, ...testNumber(sent, options.demonstration)];
    const issues = sortIssues([...checked.issues, ...later.map((f) => issueOf(f, mode))]);
    if (issues.some((i) => i.severity === 'error')) return { kind: 'invalid', issues, status: 422 };
    const carried = mode === 'urgent' ? mistaken(attachments, sent) : [];
    return { kind: 'good', sent, mode, notUnderstood: [...checked.notUnderstood, ...carried], issues };
  };
}

function testNumber(sent: JsonObject, demonstration: boolean | undefined): Finding[] {
  const number = member(sent, 'resident.nhsNumber');
  const digits = typeof number === 'string' ? parseNhsNumber(number) : undefined;
  if (demonstration === undefined || digits === undefined || isTestNhsNumber(digits) === demonstration)
    return [];
  const code = demonstration ? 'real-nhs-number-in-demonstration' : 'test-nhs-number';
  return [{ code, pointer: '/resident/nhsNumber' }];
}

/** Attachments that are not what they say: the bytes travel, the type that was said is carried as text. */
function mistaken(findings: readonly Finding[], sent: JsonObject): NotUnderstood[] {
  return findings
    .filter((f) => f.code === 'attachment-not-what-it-says')
    .map((f) => ({ pointer: f.pointer, code: f.code, value: String(valueAt(sent, f.pointer)) }));
}
