/**
 * A terminology server asked for what cannot be told here. https://hl7.org/fhir/R4/valueset-operation-validate-code.html
 *
 * A server that is slow, down or does not know the value set gives `unknown`: the code stays "not checked", and the
 * validation neither fails nor waits longer than the time limit for it.
 */

export type Answer = 'in' | 'out' | 'unknown';

export interface TerminologyServer {
  /** Asks whether a code is in a value set. Never throws. */
  validateCode(valueSet: string, system: string | undefined, code: string): Promise<Answer>;
}

export interface TerminologyServerOptions {
  /** Base address, e.g. `https://tx.example/fhir`. */
  readonly url: string;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeLimitMs?: number;
  /** Answers kept; the oldest go first. */
  readonly cacheSize?: number;
  /** Sent with each request, such as an access token. */
  readonly headers?: Readonly<Record<string, string>>;
}

const MAX_ANSWER = 1_000_000;

/** Takes where the server is; gives what asks it, with a cache of its certain answers. */
export function createTerminologyServer(options: TerminologyServerOptions): TerminologyServer {
  const { url, timeLimitMs = 2_000, cacheSize = 10_000, headers = {} } = options;
  const answers = new Map<string, Promise<Answer>>();
  return {
    validateCode(valueSet, system, code) {
      const key = JSON.stringify([valueSet, system, code]);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const query = new URLSearchParams({ url: valueSet, code, ...(system === undefined ? {} : { system }) });
      const address = `${url.replace(/\/$/, '')}/ValueSet/$validate-code?${query}`;
      const answer = ask(address, headers, timeLimitMs).then((found) => {
        if (found === 'unknown') answers.delete(key);
        return found;
      });
      answers.set(key, answer);
      if (answers.size > cacheSize) answers.delete(answers.keys().next().value as string);
      return answer;
    },
  };
}

async function ask(
  address: string,
  headers: Readonly<Record<string, string>>,
  timeLimitMs: number,
): Promise<Answer> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/fhir+json', ...headers },
      signal: AbortSignal.timeout(timeLimitMs),
      redirect: 'error',
    });
    const text = await response.text();
    return response.ok && text.length <= MAX_ANSWER ? read(JSON.parse(text)) : 'unknown';
  } catch {
    return 'unknown';
  }
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
