/** `redbag send`: posts a bag to a Red Bag service and follows its delivery to the end. */
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { clientToken } from '../config.js';
import type { Issue } from '../intake/issue.js';
import { oneFile, read } from './arguments.js';
import { issueLine } from './bag.js';
import { readInput } from './files.js';
import { CannotBeDone, type Command, type ExitCode, type Streams, Usage } from './outcome.js';

const POLL_MS = 500;
const FOLLOW_MS = 10 * 60_000;
/** States of a bag in which nothing more happens by itself. */
const ENDED = new Set(['held', 'delivered', 'partly-delivered', 'needs-person', 'not-shared', 'withdrawn']);
const WORDS: Readonly<Record<string, string>> = {
  delivered: 'the hospital has it',
  held: 'NOT SENT: hand over paper',
  'not-shared': 'NOT SENT: consent to share is refused; hand over paper as the law allows',
  'needs-person': 'NOT DELIVERED: a person must look into it; hand over paper',
  'partly-delivered': 'NOT EVERY hospital has it; hand over paper to the others',
  withdrawn: 'withdrawn',
};

interface Answer {
  readonly id?: string;
  readonly status?: string;
  readonly issues?: readonly Issue[];
  readonly title?: string;
  readonly links?: { readonly self: string; readonly deliveries: string };
}

export const send: Command = {
  name: 'send',
  purpose: 'send a bag to a Red Bag service and see it delivered',
  usage: `redbag send BAG.json --to SERVICE_URL

Posts the bag and follows the delivery to its end. The token, where the service asks for one, is taken from the
environment variable REDBAG_ACCESS_TOKEN. BAG.json may be - for stdin.`,
  async run(args, streams) {
    const { values, positionals } = read(args, { to: { type: 'string' } });
    const file = oneFile(positionals, 'BAG.json');
    if (values.to === undefined || !/^https?:\/\//.test(values.to))
      throw new Usage('--to SERVICE_URL is missing');
    const service = values.to.replace(/\/+$/, '');
    const body = await readInput(file);
    const posted = await call(`${service}/red-bags`, streams, body);
    for (const issue of posted.answer.issues ?? []) streams.say(issueLine(file, issue));
    if (posted.status >= 500)
      throw new CannotBeDone(`${service} failed: ${posted.status} ${posted.answer.title ?? ''}`);
    if (posted.status === 401 || posted.status === 403) throw new CannotBeDone(`${service}: not authorised`);
    if (posted.status >= 400) {
      streams.say(`${file}: not accepted (${posted.status} ${posted.answer.title ?? ''})`);
      return 1;
    }
    return follow(service, posted.answer, streams);
  },
};

async function follow(service: string, accepted: Answer, streams: Streams): Promise<ExitCode> {
  const self = new URL(accepted.links?.self ?? `/red-bags/${accepted.id}`, service).href;
  streams.say(`accepted as ${accepted.id}`);
  const until = Date.now() + FOLLOW_MS;
  let status = accepted.status ?? '';
  while (!ENDED.has(status)) {
    if (Date.now() > until)
      throw new CannotBeDone(`still ${status} after ${FOLLOW_MS / 60_000} minutes; look at ${self}`);
    await wait(POLL_MS);
    status = (await call(self, streams)).answer.status ?? '';
  }
  const deliveries = await call(
    new URL(accepted.links?.deliveries ?? `${self}/deliveries`, service).href,
    streams,
  );
  streams.out(`${JSON.stringify({ id: accepted.id, status, ...deliveries.answer }, null, 2)}\n`);
  streams.say(`${status}: ${WORDS[status] ?? ''}`);
  return status === 'delivered' ? 0 : 3;
}

async function call(
  url: string,
  { environment }: Streams,
  body?: Uint8Array,
): Promise<{ status: number; answer: Answer }> {
  const token = clientToken(environment);
  try {
    const response = await request(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body ? { body } : {}),
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
    });
    return { status: response.statusCode, answer: (await response.body.json()) as Answer };
  } catch (error) {
    throw new CannotBeDone(
      `${new URL(url).origin} cannot be reached (${(error as NodeJS.ErrnoException).code ?? (error as Error).name})`,
    );
  }
}
