/**
 * A terminology server asked for what cannot be told here. https://hl7.org/fhir/R4/valueset-operation-validate-code.html
 *
 * A server that is slow, down or does not know the value set gives `unknown`: the code stays "not checked", and the
 * validation neither fails nor waits longer than the time limit for it.
 */

export type Answer = 'in' | 'out' | 'unknown';

export interface TerminologyServer {
  /** Asks whether a code is in a value set, unless `over` says that nobody waits any more. Never throws. */
  validateCode(
    valueSet: string,
    system: string | undefined,
    code: string,
    over?: AbortSignal,
  ): Promise<Answer>;
}

export interface TerminologyServerOptions {
  /** Base address, e.g. `https://tx.example/fhir`. */
  readonly url: string;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeLimitMs?: number;
  /** Answers kept; the oldest go first. */
  readonly cacheSize?: number;
  /** Shown to the server with each request. */
  readonly token?: string;
}

export const TERMINOLOGY_TIME_LIMIT_MS = 2_000;
const MAX_ANSWER = 1_000_000;
/** After so many failures in a row the server is left alone for a while: each would cost the whole time limit. */
const FAILURES = 5;
const REST_MS = 30_000;

/** Takes where the server is; gives what asks it, with a cache of its certain answers. */
export function createTerminologyServer(options: TerminologyServerOptions): TerminologyServer {
  const { url, timeLimitMs = TERMINOLOGY_TIME_LIMIT_MS, cacheSize = 10_000, token } = options;
  const headers = {
    accept: 'application/fhir+json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answers = new Map<string, Promise<Answer>>();
  let failures = 0;
  let restsUntil = 0;

  async function ask(address: string, over: AbortSignal | undefined): Promise<Answer> {
    if (isOver(over) || performance.now() < restsUntil) return 'unknown';
    const limit = AbortSignal.timeout(timeLimitMs);
    try {
      const signal = over === undefined ? limit : AbortSignal.any([limit, over]);
      const response = await fetch(address, { headers, signal, redirect: 'error' });
      const answer = response.ok ? read(JSON.parse(await textOf(response))) : 'unknown';
      if (response.status >= 500) fail();
      else failures = 0;
      return answer;
    } catch {
      if (!isOver(over)) fail();
      return 'unknown';
    }
  }

  function fail(): void {
    failures += 1;
    if (failures < FAILURES) return;
    failures = 0;
    restsUntil = performance.now() + REST_MS;
  }

  return {
    validateCode(valueSet, system, code, over) {
      const key = JSON.stringify([valueSet, system, code]);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const query = new URLSearchParams({
        url: valueSet,
        code,
        ...(system === undefined ? { inferSystem: 'true' } : { system }),
      });
      const answer = ask(`${url.replace(/\/$/, '')}/ValueSet/$validate-code?${query}`, over).then((found) => {
        if (found === 'unknown') answers.delete(key);
        return found;
      });
      answers.set(key, answer);
      if (answers.size > cacheSize) answers.delete(answers.keys().next().value as string);
      return answer;
    },
  };
}

const isOver = (over: AbortSignal | undefined): boolean => over?.aborted === true;

/** The body as text, as far as an answer of this kind can be long. */
async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER) throw new Error('the answer is too long');
  }
  return text;
}

/** The `result` of the Parameters that the operation answers with. */
function read(answer: unknown): Answer {
  const { resourceType, parameter } = (answer ?? {}) as { resourceType?: unknown; parameter?: unknown };
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) return 'unknown';
  const found = parameter.find((one: { name?: unknown } | null) => one?.name === 'result') as
    | { valueBoolean?: unknown }
    | undefined;
  return typeof found?.valueBoolean === 'boolean' ? (found.valueBoolean ? 'in' : 'out') : 'unknown';
}
