/**
 * The operation $validate, for the whole server or for a type: the resource alone, or Parameters with resource, mode
 * and profile. Invalid or not, the answer is 200 with what was found.
 * https://hl7.org/fhir/R4/resource-operation-validate.html
 */
import type { FastifyRequest } from 'fastify';
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import { issueOf } from '../../intake/issues.js';
import { parseJson } from '../../intake/parse.js';
import { isObject, type JsonObject } from '../../mapping/json.js';
import type { ValidationIssue } from '../../validation/outcome.js';
import { sendFhir } from './answer.js';
import { bytesOf } from './bodies.js';
import type { Handler, Parts } from './interaction.js';
import { outcomeOf, Refusal, refuse } from './outcome.js';
import { pairsOfAddress } from './pairs.js';

interface Asked {
  readonly resource: JsonObject;
  readonly profiles: readonly string[];
}

const MODES = ['create', 'update', 'delete', 'profile'];

function readBody(request: FastifyRequest): JsonObject {
  const parsed = parseJson(bytesOf(request));
  if (!parsed.ok) {
    throw new Refusal(
      400,
      parsed.findings.slice(0, 20).map((finding) => ({ code: 'structure', text: issueOf(finding).message })),
    );
  }
  if (!isObject(parsed.value as never)) throw refuse(400, 'structure', 'The body is not a JSON object.');
  return parsed.value as JsonObject;
}

/** The text of an input parameter, under the types that R4 and its clients give it. */
function textOf(parameter: JsonObject | undefined): string | undefined {
  if (parameter === undefined) return undefined;
  const text = ['valueCode', 'valueUri', 'valueCanonical', 'valueUrl', 'valueString']
    .map((member) => parameter[member])
    .find((value) => value !== undefined);
  if (typeof text === 'string') return text;
  throw refuse(400, 'invalid', 'mode is a valueCode, profile a valueUri or valueCanonical.');
}

function readParameters(body: JsonObject): { resource: JsonObject; mode?: string; profile?: string } {
  const list = Array.isArray(body['parameter']) ? (body['parameter'] as readonly unknown[]) : [];
  const named = (name: string): JsonObject | undefined => {
    const found = list.filter(
      (p): p is JsonObject => isObject(p as never) && (p as JsonObject)['name'] === name,
    );
    if (found.length > 1) throw refuse(400, 'invalid', `The parameter ${name} is given more than once.`);
    return found[0];
  };
  const resource = named('resource')?.['resource'];
  if (resource === undefined) throw refuse(400, 'required', 'The parameter resource is missing.');
  if (!isObject(resource)) throw refuse(400, 'structure', 'The parameter resource holds no resource.');
  const mode = textOf(named('mode'));
  const profile = textOf(named('profile'));
  return {
    resource,
    ...(mode === undefined ? {} : { mode }),
    ...(profile === undefined ? {} : { profile }),
  };
}

/** Deleting is not served, so there is nothing to say about it. */
function checkMode(mode: string | undefined, profiles: readonly string[]): void {
  if (mode === undefined) return;
  if (!MODES.includes(mode)) throw refuse(400, 'code-invalid', `mode is one of ${MODES.join(', ')}.`);
  if (mode === 'delete') throw refuse(400, 'not-supported', 'mode delete is not served.');
  if (mode === 'profile' && profiles.length === 0) {
    throw refuse(400, 'required', 'mode profile needs a profile.');
  }
}

function read(request: FastifyRequest, type: string | undefined): Asked {
  const body = readBody(request);
  const given = body['resourceType'] === 'Parameters' ? readParameters(body) : { resource: body };
  const asked = pairsOfAddress(request);
  const of = (name: string): string[] => asked.filter(([n, v]) => n === name && v !== '').map(([, v]) => v);
  const inBody = 'profile' in given && given.profile !== undefined ? [given.profile] : [];
  const profiles = [...new Set([...inBody, ...of('profile')])];
  const mode = 'mode' in given && given.mode !== undefined ? given.mode : of('mode')[0];
  checkMode(mode, profiles);
  if (type !== undefined && given.resource['resourceType'] !== type) {
    throw refuse(400, 'invalid', `The resource is not a ${type}, as the address says.`);
  }
  return { resource: given.resource, profiles };
}

function issueOfFault({ severity, code, expression, message, rule, source }: ValidationIssue) {
  return {
    severity,
    code: code as OperationOutcomeIssue['code'],
    details: { text: message },
    diagnostics: `${rule} (${source})`,
    ...(expression === '' ? {} : { expression: [expression] }),
  };
}

function outcomeOfFaults(issues: readonly ValidationIssue[]): OperationOutcome {
  if (issues.length === 0) {
    return outcomeOf([{ severity: 'information', code: 'informational', text: 'No issues found.' }]);
  }
  return { resourceType: 'OperationOutcome', issue: issues.map(issueOfFault) };
}

/** What cannot be judged is neither valid nor invalid: a failure of its own. */
function failure(error: unknown): unknown {
  switch ((error as { code?: unknown } | null)?.code) {
    case 'validation-time-limit':
    case 'job-time-limit':
      return refuse(500, 'timeout', 'The resource could not be judged in time.');
    case 'job-worker-stopped':
      return refuse(500, 'exception', 'The resource could not be judged: the validator stopped.');
    case 'validator-busy':
    case 'workshop-full':
    case 'workshop-closed':
      return refuse(503, 'transient', 'The validator has too much to do now.', { 'retry-after': '5' });
    default:
      return error;
  }
}

export function validate({ validator, resourceTypes }: Parts): Handler<{ type?: string }> {
  return async (request, reply) => {
    const { type } = request.params;
    if (type !== undefined && !resourceTypes.includes(type)) {
      throw refuse(404, 'not-supported', 'There is no such resource type in R4.');
    }
    const { resource, profiles } = read(request, type);
    let issues: readonly ValidationIssue[];
    try {
      ({ issues } = await validator.validate(resource, { profiles }));
    } catch (error) {
      throw failure(error);
    }
    return sendFhir(request, reply, outcomeOfFaults(issues));
  };
}
