/** `redbag validate`: bags by the checks of the service, FHIR resources by the validator. */

import { terminologyToken } from '../config.js';
import { isObject } from '../mapping/json.js';
import type { Validator } from '../validation/outcome.js';
import { type Validate, validateAsking } from '../validation/terminology/ask.js';
import { createTerminologyServer } from '../validation/terminology/server.js';
import { type ReadText, readText } from '../validation/text.js';
import { createValidator } from '../validation/validator.js';
import { read } from './arguments.js';
import { inspectBag } from './bag.js';
import { readInput } from './files.js';
import { CannotBeDone, type Command, type ExitCode, type Streams, Usage, worst } from './outcome.js';
import { expressionOf, pointerOf } from './places.js';

/** Every member is always there, so that a program need not ask. */
interface ReportedIssue {
  readonly severity: string;
  readonly code: string;
  /** FHIRPath of the element; '' for the whole of what is no FHIR. */
  readonly expression: string;
  /** JSON Pointer into the file; '' for the whole. */
  readonly pointer: string;
  readonly message: string;
  readonly rule: string;
}

interface Report {
  readonly file: string;
  /** Null where it could not be judged. */
  readonly valid: boolean | null;
  readonly issues: readonly ReportedIssue[];
  readonly kind: 'bag' | 'fhir' | 'unread';
}

export const validate: Command = {
  name: 'validate',
  purpose: 'check bags and FHIR resources',
  usage: `redbag validate FILE… [--package DIR_OR_TGZ]… [--profile URL]… [--terminology-server URL] [--format json]

Checks each file: a bag by every rule of the service, a FHIR R4 resource (JSON) by base R4, the profiles that it claims
and those named here. FILE may be - for stdin. Says for each file on stdout whether it is valid, and on stderr why not.

  --package DIR_OR_TGZ  more definitions: a folder of JSON files, a FHIR package, or a folder that
                        scripts/definitions.mjs compiled from such (starts faster)
  --profile URL         a profile that FHIR resources must meet besides those in meta.profile
  --terminology-server URL
                        a FHIR server that is asked about codes that no loaded value set can tell about; it gets the
                        codes and nothing else, and a bearer token if REDBAG_TERMINOLOGY_TOKEN holds one
  --format json         on stdout an array of
                        {file, valid, issues: [{severity, code, expression, pointer, message, rule}]};
                        valid is null where a file could not be judged

Exit code 0: all valid (warnings included); 1: one is not; 3: one could not be judged.`,
  async run(args, streams) {
    const { values, positionals } = read(args, {
      package: { type: 'string', multiple: true },
      profile: { type: 'string', multiple: true },
      'terminology-server': { type: 'string' },
      format: { type: 'string' },
    });
    if (positionals.length === 0) throw new Usage('FILE is missing');
    if (positionals.filter((file) => file === '-').length > 1)
      throw new Usage('- (stdin) can be read only once');
    if (values.format !== undefined && values.format !== 'json')
      throw new Usage(`--format takes json, not ${values.format}`);
    const validate = once(() => opened(values.package ?? [], values['terminology-server']));
    const reports: Report[] = [];
    for (const file of positionals) reports.push(await judge(file, validate, values.profile ?? []));
    if (values.format === 'json') {
      const shown = reports.map(({ file, valid, issues }) => ({ file, valid, issues }));
      streams.out(`${JSON.stringify(shown, null, 2)}\n`);
    } else tell(reports, streams);
    return worst(reports.map(({ valid }): ExitCode => (valid === null ? 3 : valid ? 0 : 1)));
  },
};

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A resource that takes longer is one that nobody can judge. */
const TIME_LIMIT_MS = 30_000;

/** Makes the validator, which asks the server, if there is one, about what it cannot tell. */
function opened(packages: readonly string[], address: string | undefined): Validate {
  const validator = openValidator(packages);
  if (address === undefined) return validator.validate;
  if (!URL.canParse(address) || !/^https?:/.test(address))
    throw new Usage(`--terminology-server takes an http or https address, not ${address}`);
  const server = createTerminologyServer({ url: address, ...terminologyToken(process.env) });
  return (resource, options) => validateAsking(validator.validate, server, resource, options);
}

function openValidator(packages: readonly string[]): Validator {
  try {
    return createValidator({ packages });
  } catch (error) {
    const of = packages.length > 0 ? ` with --package ${packages.join(' and ')}` : '';
    throw new CannotBeDone(`the validator cannot start${of}: ${(error as Error).message}`);
  }
}

async function judge(file: string, validate: () => Validate, profiles: readonly string[]): Promise<Report> {
  try {
    const bytes = await readInput(file);
    const read = fhirResource(bytes);
    return read === undefined
      ? await judgeBag(file, bytes)
      : await judgeFhir(file, read, validate(), profiles);
  } catch (error) {
    if (error instanceof Usage) throw error;
    const message =
      error instanceof CannotBeDone ? error.message : `could not be judged: ${(error as Error).message}`;
    const issue = { severity: 'fatal', code: 'not-judged', expression: '', pointer: '', message };
    return { file, kind: 'unread', valid: null, issues: [{ ...issue, rule: 'redbag validate' }] };
  }
}

async function judgeBag(file: string, bytes: Uint8Array): Promise<Report> {
  const inspected = await inspectBag(bytes);
  const issues = inspected.issues.map(({ severity, code, pointer, message, rule }) => ({
    severity,
    code,
    expression: expressionOf(pointer),
    pointer,
    message,
    rule,
  }));
  return { file, kind: 'bag', valid: inspected.kind === 'good', issues };
}

async function judgeFhir(
  file: string,
  { value, issues: before }: ReadText,
  validate: Validate,
  profiles: readonly string[],
): Promise<Report> {
  const outcome = await validate(value, { profiles, timeLimitMs: TIME_LIMIT_MS });
  const issues = [...before, ...outcome.issues].map(({ severity, code, expression, message, rule }) => ({
    severity,
    code,
    expression,
    pointer: pointerOf(expression, value),
    message,
    rule,
  }));
  return { file, kind: 'fhir', valid: outcome.valid && before.length === 0, issues };
}

/** The resource, when the bytes are JSON with a resourceType; anything else is judged as a bag. */
function fhirResource(bytes: Uint8Array): ReadText | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const read = readText(text);
  return isObject(read.value) && read.value['resourceType'] !== undefined ? read : undefined;
}

/**
 * For a person: the stable name of what is wrong, which `rule` is in FHIR and `code` in a bag. What is to be said of
 * many places in the same words is said once.
 */
function tell(reports: readonly Report[], { out, say }: Streams): void {
  for (const { file, kind, valid, issues } of reports) {
    const same = new Map<string, ReportedIssue[]>();
    for (const issue of issues) {
      const words = `${issue.severity} ${issue.rule} ${issue.message}`;
      same.set(words, [...(same.get(words) ?? []), issue]);
    }
    for (const [first, ...more] of same.values()) {
      const { severity, code, rule, expression, pointer, message } = first as ReportedIssue;
      const name = kind === 'fhir' ? rule : code;
      const place = kind === 'fhir' ? expression : pointer;
      const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
      say(`${file}: ${severity} ${name}${place === '' ? '' : ` at ${place}`}${others}: ${message}`);
    }
    out(`${file}: ${valid === null ? 'NOT JUDGED' : valid ? 'valid' : 'NOT valid'}\n`);
  }
}
