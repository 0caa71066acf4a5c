/**
 * Logs carry ids, codes, counts and timings: nothing of what a home sends, in whatever shape it sends it. Everything
 * that the process writes is searched for every word of the bags.
 */
import { connect } from 'node:net';
import t from 'tap';
import { isObject, type Json, type JsonObject, leaves } from '#src/mapping/json.js';
import { type FormSchema, isArraySchema, isObjectSchema, type LeafSchema } from '#src/mapping/schema.js';
import { packageSchema } from '#src/transfer/red-bag.js';
import { bettysBag, urgentBag } from '../support/packages.js';
import { startService } from '../support/programs.js';
import { careHome } from './care-home.js';

/** A word that stands nowhere else: what is found of it can only have come from the bag. */
const NAME = 'Quillfeather';
const NUMBER = '9990000018';

/** The schema of each leaf of a package. */
function leafSchema(pointer: string): LeafSchema {
  let at: FormSchema = packageSchema;
  for (const name of pointer.split('/').slice(1)) {
    at = (isArraySchema(at) ? at.items : isObjectSchema(at) ? at.properties[name] : at) as FormSchema;
  }
  return at as LeafSchema;
}

/** The package with a word of its own in each free text, so that each can be told from all that a log may hold. */
function withOwnWords(value: Json, pointer = ''): Json {
  if (Array.isArray(value)) return value.map((v: Json, i) => withOwnWords(v, `${pointer}/${i}`));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, withOwnWords(v as Json, `${pointer}/${k}`)]),
    );
  const { format, enum: choices, const: only } = leafSchema(pointer);
  const free = (format === 'line' || format === 'text') && choices === undefined && only === undefined;
  return free ? `Zq${Buffer.from(pointer).toString('hex')} ${String(value)}` : value;
}

/** What must not be found: all strings but choices, and the codes that a log is meant to hold. */
function secretsOf(bag: JsonObject): string[] {
  return [...leaves(bag)].flatMap(([pointer, value]) => {
    const { enum: choices, const: only, format } = leafSchema(pointer);
    if (typeof value !== 'string' || choices !== undefined || only !== undefined) return [];
    if (pointer.startsWith('/destinations/')) return [];
    if (format === 'line' || format === 'text') return [value.split(' ')[0] ?? value];
    // A year or a clock time stands in any row of digits.
    return value.length < 7 ? [] : [value.slice(0, 80)];
  });
}

/** Sends bytes that are no HTTP, or not to its end. */
const raw = (url: string, text: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });

t.test('nothing of a bag is in the logs, at the most talkative level', async (t) => {
  const service = await startService(t, t.testdir({}), { REDBAG_LOG_LEVEL: 'debug' });
  const home = careHome(service.url);
  const bag = withOwnWords({
    ...bettysBag('never-to-be-told'),
    destinations: [{ odsCode: 'XRB01' }, { odsCode: 'XRB09' }, { odsCode: 'XRB03' }],
  }) as JsonObject;
  const { id } = await home.accept(bag);
  const secrets = [...secretsOf(bag), NAME, NUMBER, '1931-05-04', 'hip pain'];

  const resident = urgentBag('x')['resident'] as JsonObject;
  const statuses = await Promise.all(
    [
      urgentBag('logs-1', { [NAME]: NAME }),
      urgentBag('logs-2', {}, { name: NAME, birthDate: `${NAME} 1931-02-30`, nhsNumber: `${NUMBER}${NAME}` }),
      urgentBag('logs-3', { resident: { ...resident, [`${NAME} ${NUMBER}`]: [[[[NAME]]]] } }),
      urgentBag(`${NAME} ${NUMBER}`),
      urgentBag('logs-4', {}, { nhsNumber: '9990000019', genderIdentity: `\u0000${NAME}` }),
      urgentBag('logs-5', { cprDecision: { status: NAME }, mode: NAME, format: NAME }),
      urgentBag('logs-6', { attachments: [{ id: NAME, title: NAME, contentType: NAME, data: NAME }] }),
      `{"resident": "${NAME}" ${NUMBER}`,
      `{"resident": {"${NAME}": 1, "${NAME}": 2}}`,
      `{"resident": "${NAME}\\ud800"}`,
      Buffer.from(`{"resident": "${NAME} \u00ff"}`, 'latin1'),
      `${'['.repeat(5_000)}"${NAME}"`,
      `"${NAME.repeat(3_000_000)}"`,
      NAME,
    ].map(async (body) => (await home.post(body)).status),
  );
  t.ok(
    statuses.every((status) => [400, 413, 422].includes(status)),
    `refused: ${statuses.join(' ')}`,
  );
  const numbered = await home.post(urgentBag(NUMBER));
  t.equal(numbered.status, 201, `a packageId that is an NHS number: ${await numbered.text()}`);

  await home.put(id, { ...bag, resident: { ...resident, [NAME]: 1 } }, '"1"');
  await home.put(id, { ...bag, cprDecision: { status: 'unknown' } }, '"1"');
  await home.put(id, bag, `"${NAME}"`);
  await home.post({ odsCode: NAME, name: NAME }, `/red-bags/${id}/destinations`);
  for (const path of [
    `/red-bags/${NAME}`,
    `/red-bags/${NUMBER}/bundle`,
    `/red-bags?nhsNumber=${NUMBER}`,
    `/red-bags?packageId=${NAME}&cursor=${NAME}`,
    `/${NAME}?${NAME}`,
    `/red-bags/%E0%A4%A/${NAME}`,
    `/fhir/DocumentReference?patient.identifier=https://fhir.nhs.uk/Id/nhs-number|${NUMBER}`,
    `/fhir/Patient/${NAME}`,
    `/fhir/DocumentReference/${NAME}`,
  ])
    await home.get(path);
  await fetch(`${service.url}/red-bags`, {
    method: 'POST',
    headers: {
      'content-type': `application/${NAME}`,
      authorization: `Bearer ${NAME}`,
      'x-correlation-id': `${NAME} ${NUMBER}`,
      'user-agent': NAME,
      cookie: NAME,
    },
    body: NAME,
  });
  await raw(service.url, `${NAME} /${NUMBER} HTTP/9.9\r\n\r\n`);
  await raw(service.url, `GET /${NAME} HTTP/1.1\r\nHost: x\r\n${NAME}: ${'x'.repeat(100_000)}\r\n\r\n`);
  await raw(
    service.url,
    `POST /red-bags HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n${NAME}`,
  );
  await home.post({ reason: `${NAME} was meant`, by: NAME }, `/red-bags/${id}/withdrawal`);
  await home.until(id, (_, all) => all.every((d) => d.state !== 'sending' && d.state !== 'waiting'));

  service.child.kill('SIGTERM');
  const { code, out, err } = await service.ended;
  t.equal(code, 0);
  const logs = out + err;
  t.match(logs, /"route":"\/red-bags","status":201/, 'there are logs');
  t.match(logs, /"delivery needs a person"/);
  t.match(logs, id);
  t.ok(secrets.length > 200, `${secrets.length} words are looked for`);
  const found = secrets.filter((secret) => logs.toLowerCase().includes(secret.toLowerCase()));
  t.same(found, [], 'none of them is there');
});
