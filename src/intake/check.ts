/**
 * From bytes to a checked package and its issues: reading, format, schema, the papers' rules. The same for HTTP and
 * the command line, so that what `validate` says is what `POST /red-bags` does.
 */
import type { Finding } from '../forms/finding.js';
import { isObject, type Json, type JsonObject, leaves } from '../mapping/json.js';
import type { Issue } from './issue.js';
import { isContentFault, issueOf, type Mode } from './issues.js';
import { type Carried, takeOut, valueAt } from './not-understood.js';
import { parseJson, READING_LIMITS, type ReadingLimits } from './parse.js';
import { createSchemaCheck, type SchemaCheckOptions, type SchemaFault } from './schema-issues.js';
import { sortIssues } from './sort-issues.js';

/** What a package is: given by the envelope and the forms. */
export interface PackageModel extends SchemaCheckOptions {
  /** Values of `format` that are served, e.g. `redbag/1`. */
  readonly served: readonly string[];
  readonly schema: object;
  /** Rules of content and consistency over a package that the schema accepts. */
  rules(clean: JsonObject, context: { readonly mode: Mode; readonly now: string }): readonly Finding[];
}

/** A leaf that urgent mode carries as text. */
export interface NotUnderstood {
  readonly pointer: string;
  readonly value: string | number | boolean;
  /** Issue code that says why. */
  readonly code: string;
}

export type Checked =
  | {
      readonly valid: true;
      /** As sent. */
      readonly package: JsonObject;
      readonly mode: Mode;
      readonly notUnderstood: readonly NotUnderstood[];
      /** Warnings and information. */
      readonly issues: readonly Issue[];
    }
  | {
      readonly valid: false;
      /** `unreadable`: HTTP 400; `refused`: HTTP 422. */
      readonly because: 'unreadable' | 'refused';
      readonly issues: readonly Issue[];
    };

export type PackageCheck = (bytes: Uint8Array, now?: string) => Checked;

/**
 * Compiles a model into the check of the service.
 * @throws Error when the schema of the model is wrong
 */
export function createPackageCheck(
  model: PackageModel,
  limits: ReadingLimits = READING_LIMITS,
): PackageCheck {
  const schema = createSchemaCheck(model.schema, model);
  return (bytes, now = new Date().toISOString()) => {
    const parsed = parseJson(bytes, limits);
    if (!parsed.ok)
      return refuse(
        'unreadable',
        parsed.findings.map((f) => issueOf(f)),
      );
    const sent = parsed.value;
    const other = otherFormat(sent, model.served);
    if (other !== undefined) return refuse('refused', [issueOf(other)]);
    const mode: Mode = isObject(sent) && sent['mode'] === 'urgent' ? 'urgent' : 'complete';
    const faults = schema.faults(sent);
    const carriable = mode === 'urgent' && faults.every((fault) => fault.content);
    return carriable ? carry(sent, faults, now) : refuseAll(sent, faults, mode, now);
  };

  /**
   * Urgent, and nothing wrong but what people typed: the bag goes on with just those values as text. The rules judge
   * what is left when the parts that need such a value are set aside, because they may count on the schema.
   */
  function carry(sent: unknown, faults: readonly SchemaFault[], now: string): Checked {
    const judged = takeOut(sent, faults.map(pointerOf), schema);
    const said = judged.refused.length > 0 ? [] : findings(judged, 'urgent', now);
    const mistyped = [...faults, ...said.filter((f) => isContentFault(f.code))];
    const issues = sortIssues([...faults, ...said].map((f) => issueOf(f, 'urgent')));
    if (issues.some(isError)) return { valid: false, because: 'refused', issues };
    return {
      valid: true,
      package: sent as JsonObject,
      mode: 'urgent',
      notUnderstood: mistyped.flatMap(({ pointer, code }) =>
        [...leaves(valueAt(sent, pointer) as Json | undefined, pointer)].map(([at, value]) => ({
          pointer: at,
          value: value as NotUnderstood['value'],
          code,
        })),
      ),
      issues,
    };
  }

  /** Everything that is wrong, and what the rules say of the parts that can be read. */
  function refuseAll(sent: unknown, faults: readonly SchemaFault[], mode: Mode, now: string): Checked {
    const said = faults.some((f) => f.code === 'too-many-faults') ? [] : readable(sent, faults, mode, now);
    const issues = sortIssues([
      ...faults.map((f) => issueOf(f, mode, f.content ? undefined : 'error')),
      ...said.map((f) => issueOf(f, mode)),
    ]);
    if (issues.some(isError)) return { valid: false, because: 'refused', issues };
    return { valid: true, package: sent as JsonObject, mode, notUnderstood: [], issues };
  }

  function readable(sent: unknown, faults: readonly SchemaFault[], mode: Mode, now: string): Finding[] {
    const rest = takeOut(sent, faults.map(pointerOf), schema);
    const whole = faults.length === 0 || (rest.removed.length > 0 && rest.refused.length === 0);
    return whole ? findings(rest, mode, now) : [];
  }

  /** What the rules say of what is left; not of what was taken out, which has an issue already. */
  function findings(rest: Carried, mode: Mode, now: string): Finding[] {
    return model
      .rules(rest.clean as JsonObject, { mode, now })
      .map((finding) => ({ ...finding, pointer: rest.toSent(finding.pointer) }))
      .filter(
        ({ pointer }) => !rest.removed.some((gone) => pointer === gone || pointer.startsWith(`${gone}/`)),
      );
  }
}

function pointerOf(finding: Finding): string {
  return finding.pointer;
}

function isError(issue: Issue): boolean {
  return issue.severity === 'error';
}

function refuse(because: 'unreadable' | 'refused', issues: readonly Issue[]): Checked {
  return { valid: false, because, issues: sortIssues(issues) };
}

/** A package of another format has another schema: saying how it breaks this one would be noise. */
function otherFormat(sent: unknown, served: readonly string[]): Finding | undefined {
  if (!isObject(sent)) return undefined;
  const format = sent['format'];
  if (typeof format !== 'string' || served.includes(format)) return undefined;
  return { code: 'format-not-served', pointer: '/format', values: { served: served.join(', ') } };
}
