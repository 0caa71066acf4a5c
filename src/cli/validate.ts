/** `redbag validate`: bags by the checks of the service, FHIR resources by the validator. */
import { isObject } from '../mapping/json.js';
import type { Validator } from '../validation/outcome.js';
import { createValidator } from '../validation/validator.js';
import { read } from './arguments.js';
import { inspectBag } from './bag.js';
import { readInput } from './files.js';
import { CannotBeDone, type Command, type ExitCode, type Streams, Usage, worst } from './outcome.js';

interface ReportedIssue {
  readonly severity: string;
  readonly code: string;
  /** FHIRPath of the element, of a FHIR resource. */
  readonly expression?: string;
  /** JSON Pointer of the field, of a bag. */
  readonly pointer?: string;
  readonly message: string;
  readonly rule: string;
}

interface Report {
  readonly file: string;
  /** Null where it could not be judged. */
  readonly valid: boolean | null;
  readonly issues: readonly ReportedIssue[];
}

export const validate: Command = {
  name: 'validate',
  purpose: 'check bags and FHIR resources',
  usage: `redbag validate FILE… [--package DIR_OR_TGZ]… [--profile URL]… [--format json]

Checks each file: a bag by every rule of the service, a FHIR R4 resource by base R4, the profiles it claims, and
those named here. FILE may be - for stdin.

  --package DIR_OR_TGZ  more definitions: a folder of JSON files or a FHIR package
  --profile URL         a profile that FHIR resources must meet besides those in meta.profile
  --format json         an array of {file, valid, issues} on stdout; valid is null where a file could not be judged`,
  async run(args, streams) {
    const { values, positionals } = read(args, {
      package: { type: 'string', multiple: true },
      profile: { type: 'string', multiple: true },
      format: { type: 'string' },
    });
    if (positionals.length === 0) throw new Usage('FILE is missing');
    if (values.format !== undefined && values.format !== 'json')
      throw new Usage(`--format takes json, not ${values.format}`);
    const validator = once(() => createValidator({ packages: values.package ?? [] }));
    const reports: Report[] = [];
    for (const file of positionals) reports.push(await judge(file, validator, values.profile ?? []));
    if (values.format === 'json') streams.out(`${JSON.stringify(reports, null, 2)}\n`);
    else tell(reports, streams);
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

async function judge(file: string, validator: () => Validator, profiles: readonly string[]): Promise<Report> {
  try {
    const bytes = await readInput(file);
    const resource = fhirResource(bytes);
    if (resource === undefined) {
      const inspected = await inspectBag(bytes);
      return { file, valid: inspected.kind === 'good', issues: inspected.issues };
    }
    const outcome = validator().validate(resource, { profiles });
    const issues = outcome.issues.map(({ severity, code, expression, message, rule }) => ({
      severity,
      code,
      expression,
      message,
      rule,
    }));
    return { file, valid: outcome.valid, issues };
  } catch (error) {
    const message =
      error instanceof CannotBeDone ? error.message : `could not be judged: ${(error as Error).message}`;
    return {
      file,
      valid: null,
      issues: [{ severity: 'fatal', code: 'not-judged', message, rule: 'redbag validate' }],
    };
  }
}

/** The resource, when the bytes are JSON with a resourceType; anything else is judged as a bag. */
function fhirResource(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) && value['resourceType'] !== undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

function tell(reports: readonly Report[], { out, say }: Streams): void {
  for (const { file, valid, issues } of reports) {
    for (const issue of issues) {
      say(
        `${file}: ${issue.severity} ${issue.rule} at ${issue.expression ?? issue.pointer ?? 'the whole'}: ${issue.message}`,
      );
    }
    out(`${file}: ${valid === null ? 'not judged' : valid ? 'valid' : 'NOT valid'}\n`);
  }
}
