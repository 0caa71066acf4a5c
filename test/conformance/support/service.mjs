/** The service as a program, and what care home software does with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures } from '../../../scripts/fixtures.mjs';
import { root, serve, temporary, until } from './programs.mjs';

/**
 * Starts the service on free ports; without more settings it is the demonstration, with its pretend hospital.
 * @returns `{ url, sandboxUrl, stop() }`
 */
export async function startService(settings = {}) {
  const program = await serve('the service', process.execPath, [join(root, 'dist', 'cli.js'), 'serve'], {
    ready: /Stop it with Ctrl-C|Red Bag serves at/,
    env: {
      ...process.env,
      REDBAG_PORT: '0',
      REDBAG_SANDBOX_PORT: '0',
      REDBAG_DATABASE: `sqlite:${join(temporary('store'), 'redbag.sqlite')}`,
      ...settings,
    },
  });
  const said = program.output();
  const [, url] = /(http:\/\/[^\s/]+)\/docs/.exec(said) ?? [];
  const [, sandboxUrl] = /(http:\/\/[^\s/]+)\/ +what has reached/.exec(said) ?? [];
  return { ...program, url, sandboxUrl };
}

/** All bags of fixtures/, each with its versions in order: `{ name, versions: [{ sent, … }] }`. */
export const storedBags = () =>
  fixtures().map(({ name, versions }) => ({
    name,
    versions: versions.map((files) => ({ ...files, sent: JSON.parse(readFileSync(files.bag, 'utf8')) })),
  }));

/** A bag for another hospital than its own. */
export const sentTo = (bag, ...odsCodes) => ({
  ...bag,
  destinations: odsCodes.map((odsCode) => ({ odsCode })),
});

const JSON_TYPE = { 'content-type': 'application/json' };

async function answerOf(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(body).slice(0, 2000)}`);
  return { status: response.status, body };
}

/** `POST /red-bags`. @returns `{ status, body }`; throws when it is refused */
export const post = async (url, bag) =>
  answerOf(await fetch(`${url}/red-bags`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(bag) }));

/** `PUT /red-bags/{id}`, over the version given. */
export const amend = async (url, id, version, bag) =>
  answerOf(
    await fetch(`${url}/red-bags/${id}`, {
      method: 'PUT',
      headers: { ...JSON_TYPE, 'if-match': `"${version}"` },
      body: JSON.stringify(bag),
    }),
  );

/** `POST /red-bags/{id}/withdrawal`. */
export const withdraw = async (url, id, reason) =>
  answerOf(
    await fetch(`${url}/red-bags/${id}/withdrawal`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ reason }),
    }),
  );

/** Waits until nothing of a bag is on its way. @returns its deliveries; throws when one needs a person */
export const settled = (url, id) =>
  until(`deliveries of ${id}`, async () => {
    const { body } = await answerOf(await fetch(`${url}/red-bags/${id}/deliveries`));
    const stuck = body.items.find(({ state }) => state === 'needs-person');
    if (stuck !== undefined) throw new Error(`needs a person: ${JSON.stringify(stuck.attempts)}`);
    return body.items.every(({ state }) => state === 'delivered' || state === 'cancelled')
      ? body.items
      : undefined;
  });

/** Sends a bag with all its versions, each delivered before the next. @returns its id and its deliveries */
export async function sendAll(url, { versions }, odsCode) {
  const [first, ...later] = versions.map(({ sent }) => sentTo(sent, odsCode));
  const { body } = await post(url, first);
  let deliveries = await settled(url, body.id);
  for (const [i, bag] of later.entries()) {
    await amend(url, body.id, i + 1, bag);
    deliveries = await settled(url, body.id);
  }
  return { id: body.id, deliveries };
}
