/** Calls of the command line to a Red Bag service: its answer, or why there is none. */
import { request } from 'undici';
import { clientToken } from '../config.js';
import type { Issue } from '../intake/issue.js';
import { CannotBeDone, type Streams, Usage } from './outcome.js';

/** A photograph in a bag takes its time on a care home's line. */
const ANSWER_MS = 120_000;

export interface Answer {
  readonly id?: string;
  readonly status?: string | number;
  readonly version?: number;
  readonly issues?: readonly Issue[];
  readonly title?: string;
}

export interface Called {
  readonly httpStatus: number;
  readonly answer: Answer;
}

/** The service's address without a slash at its end. Throws Usage. */
export function serviceAddress(text: string | undefined): string {
  if (text === undefined) throw new Usage('--to SERVICE_URL is missing');
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new Usage(`--to takes an address such as http://127.0.0.1:8080, not ${text}`);
  const { search, hash } = new URL(text);
  if (search !== '' || hash !== '') throw new Usage('--to takes an address without ? and #');
  return text.replace(/\/+$/, '');
}

/**
 * Posts `body` as JSON, or gets when there is none. Only the address that the caller named is asked, so the token goes
 * nowhere else. Throws CannotBeDone when nobody answers, or not as a Red Bag service does.
 */
export async function call(url: string, { environment }: Streams, body?: Uint8Array): Promise<Called> {
  const token = clientToken(environment);
  const where = new URL(url).origin;
  let httpStatus: number;
  let text: string;
  try {
    const response = await request(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body ? { body } : {}),
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    });
    httpStatus = response.statusCode;
    text = await response.body.text();
  } catch (error) {
    throw new CannotBeDone(`${where} cannot be reached (${reason(error)})`);
  }
  const answer = objectOf(text);
  if (httpStatus === 401 || httpStatus === 403) {
    throw new CannotBeDone(
      token === undefined
        ? `${where} asks for a token: set REDBAG_ACCESS_TOKEN`
        : `${where} does not take the token of REDBAG_ACCESS_TOKEN`,
    );
  }
  if (answer === undefined)
    throw new CannotBeDone(`${where} answered ${httpStatus}, but not as a Red Bag service does`);
  return { httpStatus, answer };
}

function reason(error: unknown): string {
  const { code, name, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  return code ?? cause?.code ?? name;
}

function objectOf(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Answer)
      : undefined;
  } catch {
    return undefined;
  }
}
