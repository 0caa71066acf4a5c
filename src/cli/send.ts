/** `redbag send`: posts a bag to a Red Bag service and follows its delivery to the end. */
import { setTimeout as wait } from 'node:timers/promises';
import { oneFile, read } from './arguments.js';
import { readInput } from './files.js';
import { issueLine } from './issue-line.js';
import { CannotBeDone, type Command, type ExitCode, type Streams, Usage } from './outcome.js';
import { type Answer, type Called, call, serviceAddress } from './service-client.js';

const POLL_MS = 500;
/** How long a delivery is followed unless the caller says otherwise. */
const FOLLOW_MINUTES = 10;
/** Questions in a row that may stay without an answer: a service that restarts is not a bag that is lost. */
const UNANSWERED = 30;

/** States of a bag in which nothing more happens by itself. */
const ENDED = new Set(['held', 'delivered', 'partly-delivered', 'needs-person', 'not-shared', 'withdrawn']);
const WORDS: Readonly<Record<string, string>> = {
  delivered: 'every hospital named in it has it',
  held: 'NOT SENT: hand over paper',
  'not-shared': 'NOT SENT: consent to share is refused; hand over paper as the law allows',
  'needs-person': 'NOT DELIVERED: a person must look into it; hand over paper',
  'partly-delivered': 'NOT EVERY hospital has it; hand over paper to the others',
  withdrawn: 'it was withdrawn: hospitals are told not to use it',
};
/** What is wrong with the bag itself; any other refusal is about the service or the call. */
const BAG_IS_WRONG = new Set([400, 413, 415, 422]);

export const send: Command = {
  name: 'send',
  purpose: 'send a bag to a Red Bag service and see it delivered',
  usage: `redbag send BAG.json --to SERVICE_URL [--wait MINUTES]

Posts the bag and follows its delivery to the end, which it says: exit code 0 only when every hospital has it, 1 when
the service refuses the bag, 3 when the bag is not (yet) delivered or the service cannot be reached. The deliveries go
to stdout as JSON. Sent again, the same bag is not doubled.

  --to SERVICE_URL  for example http://127.0.0.1:8080
  --wait MINUTES    how long to follow the delivery; default ${FOLLOW_MINUTES}

BAG.json may be - for stdin. Where the service asks for a token, set REDBAG_ACCESS_TOKEN to it.`,
  async run(args, streams) {
    const { values, positionals } = read(args, { to: { type: 'string' }, wait: { type: 'string' } });
    const file = oneFile(positionals, 'BAG.json');
    const service = serviceAddress(values.to);
    const minutes = Number(values.wait ?? FOLLOW_MINUTES);
    if (!(minutes >= 0 && minutes <= 24 * 60)) throw new Usage('--wait takes minutes, 0 to 1440');
    const posted = await call(`${service}/red-bags`, streams, await readInput(file));
    for (const issue of posted.answer.issues ?? []) streams.say(issueLine(file, issue));
    if (BAG_IS_WRONG.has(posted.httpStatus)) {
      streams.say(`${file}: NOT ACCEPTED: ${posted.answer.title ?? posted.httpStatus}`);
      return 1;
    }
    const { id } = posted.answer;
    if (posted.httpStatus >= 300 || id === undefined)
      throw new CannotBeDone(
        `${file}: NOT ACCEPTED: ${service} answered ${posted.httpStatus} ${posted.answer.title ?? ''}`,
      );
    return follow(`${service}/red-bags/${encodeURIComponent(id)}`, posted, minutes * 60_000, streams);
  },
};

async function follow(bag: string, posted: Called, followMs: number, streams: Streams): Promise<ExitCode> {
  const { id, version, issues = [] } = posted.answer;
  streams.say(`${posted.httpStatus === 201 ? 'accepted' : 'known already'}: ${id} version ${version}`);
  const told = new Set(issues.map(({ code }) => code));
  const until = Date.now() + followMs;
  let now = posted.answer;
  while (!ENDED.has(String(now.status))) {
    if (Date.now() >= until) {
      streams.out(`${await deliveriesOf(bag, now, streams)}\n`);
      throw new CannotBeDone(`NOT DELIVERED YET (${now.status}); the service goes on trying, see ${bag}`);
    }
    await wait(POLL_MS);
    now = await ask(bag, streams);
  }
  for (const issue of now.issues ?? []) if (!told.has(issue.code)) streams.say(issueLine('bag', issue));
  streams.out(`${await deliveriesOf(bag, now, streams)}\n`);
  streams.say(`${now.status}: ${WORDS[String(now.status)]}`);
  return now.status === 'delivered' ? 0 : 3;
}

async function deliveriesOf(bag: string, { id, status }: Answer, streams: Streams): Promise<string> {
  return JSON.stringify({ id, status, ...(await ask(`${bag}/deliveries`, streams)) }, null, 2);
}

/** Gets, and asks again for a while when nobody answers: the bag is accepted, only the news of it is not had. */
async function ask(url: string, streams: Streams): Promise<Answer> {
  for (let unanswered = 1; ; unanswered++) {
    try {
      const { httpStatus, answer } = await call(url, streams);
      if (httpStatus === 200) return answer;
      throw new CannotBeDone(`${url} answered ${httpStatus} ${answer.title ?? ''}`);
    } catch (error) {
      if (!(error instanceof CannotBeDone) || unanswered >= UNANSWERED)
        throw new CannotBeDone(
          `${(error as Error).message}. The bag was accepted; whether it was delivered is not known`,
        );
      await wait(POLL_MS);
    }
  }
}
