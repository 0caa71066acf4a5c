/** Page one as it comes out of the press: it stands on one sheet, and what does not fit stands whole right after it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import t, { type Test } from 'tap';
import { checkPackage } from '#src/maker.js';
import type { JsonObject } from '#src/mapping/json.js';
import { asBlocks, type Front } from '#src/print/front-words.js';
import type { Drawn, DrawnText } from '#src/print/press.js';
import { render } from '#src/print/render.js';
import { layOut } from '#src/transfer/pages.js';
import { prepare } from '#src/transfer/prepared.js';
import { redBag } from '#src/transfer/red-bag.js';
import { contentsOf } from '../print/read-pdf.js';
import { layoutFaults } from '../support/drawn-laws.js';
import { textOf } from '../support/page-laws.js';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
const CONTINUED = 'Page one, continued';

interface Printed {
  readonly front: Front;
  readonly header: readonly string[];
  readonly drawn: Drawn;
  readonly pdf: Uint8Array;
}

async function print(
  sent: Buffer | JsonObject,
  version = 1,
  changes: readonly string[] = [],
): Promise<Printed> {
  const bytes = Buffer.isBuffer(sent) ? sent : Buffer.from(JSON.stringify(sent));
  const checked = checkPackage(bytes, '2026-12-01T00:00:00Z');
  if (!checked.valid) throw new Error(JSON.stringify(checked.issues));
  const about = { bagId: '7f3c1f0e-0000-4000-8000-000000000001', version, demonstration: false, changes };
  const document = layOut(redBag, prepare(checked.package, checked.notUnderstood), {
    ...about,
    publicUrl: 'https://redbag.example',
    safeguardingOnPageOne: true,
  });
  const [front] = document.blocks;
  if (front?.kind !== 'front') throw new Error('page one comes first');
  const { drawn, pdf } = await render(document, { report: true });
  if (drawn === undefined) throw new Error('the press was asked what it drew');
  return { front, header: document.furniture.header, drawn, pdf };
}

const squeeze = (text: string): string => text.replace(/\s+/g, '');
const onPage = (drawn: Drawn, page: number): DrawnText[] => drawn.texts.filter((text) => text.page === page);
/** The words of a page in their order, lines joined. */
const pageText = (drawn: Drawn, page: number): string =>
  onPage(drawn, page)
    .map(({ text }) => text)
    .join(' ')
    .replace(/[\s\u00a0]+/g, ' ');
/** Pages of page one: the sheet, and what goes on after it up to the next paper. */
function sheets(drawn: Drawn): number {
  const heads = drawn.texts.filter(({ tag }) => tag === 'H1').filter(({ text }) => text !== CONTINUED);
  return heads.find(({ page }) => page > 0)?.page ?? drawn.pages.length;
}

/** Texts of the front page that are on none of its sheets. */
function lost({ front, drawn }: Printed): string[] {
  const until = sheets(drawn);
  const ink = squeeze(
    drawn.texts
      .filter(({ page, tag }) => page < until && tag !== 'Artifact')
      .map(({ text }) => text)
      .join(''),
  );
  return front.zones
    .flatMap(({ parts }) => parts)
    .flatMap((part) =>
      part.kind === 'rows'
        ? part.rows.flatMap(({ cells }) => cells)
        : part.groups.flatMap(({ items }) =>
            items.flatMap((item) => [item.text, ...(item.more ?? []).map(({ text }) => text)]),
          ),
    )
    .filter((text) => !ink.includes(squeeze(text)));
}

function holds(t: Test, name: string, printed: Printed): void {
  const { drawn } = printed;
  const rest = drawn.texts.filter(({ text, tag }) => tag === 'H1' && text === CONTINUED);
  t.ok(
    rest.length <= 1 && rest.every(({ page }) => page === 1),
    `${name}: goes on right after the sheet, or not at all`,
  );
  t.equal(
    / on page 2|page 2$|see page 2/.test(pageText(drawn, 0)),
    rest.length === 1,
    `${name}: the sheet says so`,
  );
  t.same(lost(printed), [], `${name}: nothing is lost`);
  const faults = layoutFaults(drawn).filter((fault) => fault.startsWith('page 1:'));
  t.same(faults, [], `${name}: the sheet can be read`);
}

t.test('page one of every fixture stands on one sheet, with what does not fit after it', async (t) => {
  const names = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, 'red-bag.json')));
  t.ok(names.length >= 20);
  for (const name of names) {
    for (const [index, suffix] of ['', '.v2', '.v3'].entries()) {
      const path = join(FIXTURES, name, `red-bag${suffix}.json`);
      if (!existsSync(path)) continue;
      const changes = index === 0 ? [] : ['Latex, Severity: was Mild, now Severe'];
      holds(t, name + suffix, await print(readFileSync(path), index + 1, changes));
    }
  }
});

const bag = (parts: JsonObject = {}, resident: JsonObject = {}): JsonObject => ({
  format: 'redbag/1',
  packageId: 'page-one-on-paper',
  mode: 'urgent',
  createdAt: '2026-11-22T03:12:00+00:00',
  sender: {
    organisation: { name: 'Larch House', odsCode: 'XRBH1', telephone24h: '020 7946 0101' },
    person: { name: 'Ama Boateng', role: 'Night care worker' },
    software: { name: 'CareDesk', version: '7.2' },
  },
  resident: {
    name: { given: ['Betty'], family: 'Okafor' },
    birthDate: '1931-05-04',
    nhsNumber: '9000000009',
    nhsNumberStatus: 'verified',
    residence: { kind: 'care-home', homeName: 'Larch House', lines: ['1 Larch Road'], postcode: 'ZZ99 3CZ' },
    ...resident,
  },
  caresEscalation: cares(),
  cprDecision: { status: 'unknown' },
  ...parts,
});

function cares(concerns: JsonObject = {}, allergies: JsonObject = { state: 'none-known' }): JsonObject {
  return { concerns: { reason: 'Found on the floor', ...concerns }, shared: { allergies } };
}

const many = (count: number, of: (index: number) => JsonObject): JsonObject[] =>
  Array.from({ length: count }, (_one, index) => of(index));
const allergies = (count: number, reaction: string): JsonObject => ({
  state: 'known',
  entries: many(count, (i) => ({ agent: { text: `Agent-${i}` }, reaction, severity: 'moderate' })),
});

t.test('AT-48: fourteen allergies stand on page one, all of them; the head has their number', async (t) => {
  const printed = await print(bag({ caresEscalation: cares({}, allergies(14, 'Rash over both arms')) }));
  holds(t, 'fourteen', printed);
  const page = pageText(printed.drawn, 0);
  for (let i = 0; i < 14; i++) t.match(page, `Agent-${i}:`);
  t.match(page, 'ALLERGIES: 14');
  t.equal(printed.header[1], '14 ALLERGIES: see page 1');
});

t.test('AT-48: allergies that cannot all stand on page one leave no part of them there', async (t) => {
  const reaction =
    'Swelling of the face and lips with a rash over the trunk within the hour, seen twice. '.repeat(8);
  const printed = await print(bag({ caresEscalation: cares({}, allergies(14, reaction)) }));
  holds(t, 'long', printed);
  t.match(pageText(printed.drawn, 0), '14 ALLERGIES: all on page 2');
  t.notMatch(pageText(printed.drawn, 0), 'Agent-', 'a part of them would read as the whole');
  t.match(pageText(printed.drawn, 1), 'Agent-0:');
});

t.test(
  'forty medicines, six people and a word of 10,000 letters: each whole, on this page or the next',
  async (t) => {
    const word = 'w'.repeat(10_000);
    const medicine = (i: number): JsonObject => ({
      name: `Medicine-${i} 25mg tablets`,
      kinds: ['regular'],
      status: 'active',
      doseText: 'Take ONE tablet TWICE a day',
      dose: { times: [{ clock: '08:00' }, { clock: '20:00' }] },
      lastGiven: '2026-11-21T20:00:00Z',
    });
    const sent = bag(
      {
        caresEscalation: cares({ reason: word, whatIsDifferent: 'Cannot stand' }),
        mar: {
          chartKey: [{ letter: 'G', meaning: 'Given', outcome: 'given' }],
          recordEndsAt: '2026-11-22T03:00:00Z',
          medicines: many(40, medicine),
        },
      },
      {
        personalContacts: many(6, (i) => ({
          name: `Person-${i}`,
          relationship: 'Niece',
          telephones: [{ number: '07700 900118', kind: 'mobile' }],
          ...(i === 5 ? { doNotContact: true } : {}),
        })),
      },
    );
    const printed = await print(sent);
    holds(t, 'much', printed);
    const page = pageText(printed.drawn, 0);
    t.match(page, 'Reason: see page 2', 'what must be seen and cannot is named in its place');
    t.match(page, 'Different from usual: Cannot stand', 'and takes no room from what comes after it');
    t.match(page, 'DO NOT CONTACT: Person-5');
    t.match(page, /Medicine-39/);
    const two = await print(sent);
    t.same(two.drawn.texts, printed.drawn.texts, 'the same bag gives the same page');
  },
);

t.test(
  'more medicines than a page holds go on together, with their last doses on page one while they fit',
  async (t) => {
    const chart = (count: number): JsonObject => ({
      mar: {
        chartKey: [{ letter: 'G', meaning: 'Given', outcome: 'given' }],
        recordEndsAt: '2026-11-22T03:00:00Z',
        medicines: many(count, (i) => ({
          name: `Medicine-${i} 25mg tablets`,
          kinds: ['regular'],
          status: 'active',
          doseText:
            'Take ONE tablet TWICE a day, in the morning and at night, with food and a full glass of water, sitting up',
          lastGiven: '2026-11-21T20:00:00Z',
        })),
      },
    });
    const some = await print(bag(chart(36)));
    holds(t, '36', some);
    t.match(pageText(some.drawn, 0), 'Medicine-35 25mg tablets Sat 21 Nov 20:00');
    t.match(pageText(some.drawn, 0), 'Doses, usual times on page 2');
    const most = await print(bag(chart(200)));
    holds(t, '200', most);
    t.match(pageText(most.drawn, 0), 'all 200 medicines on page 2');
    t.notMatch(pageText(most.drawn, 0), 'Medicine-', 'a part of them would read as the whole');
  },
);

t.test(
  'AT-35: page one has name, birth date, NHS number, allergies and CPR in its zones, hostile text inert',
  async (t) => {
    const hostile = '<script>alert(1)</script> \u202egnp.exe (EMC) Tj';
    const { drawn, front } = await print(
      bag({ caresEscalation: cares({ reason: hostile }, allergies(1, 'Rash')) }),
    );
    const page = pageText(drawn, 0);
    for (const said of [
      'OKAFOR, Betty',
      'Born: 4 May 1931 (95 years)',
      '900 000 0009 (verified)',
      'Agent-0: Rash',
    ])
      t.ok(page.includes(said), said);
    t.match(page, 'CPR STATUS UNKNOWN');
    t.match(page, '<script>alert(1)</script> [U+202E]gnp.exe (EMC) Tj');
    t.ok(front.zones.flatMap(({ beside = [] }) => beside).some(({ kind }) => kind === 'code'));
    t.ok(
      onPage(drawn, 0).some(({ part, text }) => part === 'safety' && text.includes('Rash')),
      'what belongs to the safety strip is known as such',
    );
  },
);

t.test('AT-39, AT-42, AT-43, AT-46, AT-47, AT-50, AT-52: as seen on paper', async (t) => {
  const printed = await print(
    bag(
      {
        caresEscalation: {
          concerns: {
            reason: 'بیٹی نے کہا کہ وہ گر گئیں. Syrthiodd ŵ ŷ',
            lastSeenWell: { known: 'yes', at: '2026-10-24T21:15:00Z' },
            onset: { known: 'not-known' },
            headStrike: 'unwitnessed',
            anticoagulant: { taken: 'yes', drug: 'Apixaban', lastDose: '2026-10-24T19:00:00Z' },
          },
          examination: { observations: [{ at: '2026-10-24T21:00:00Z', respiration: 26 }] },
          shared: { allergies: { state: 'not-recorded' } },
        },
        olderPersonsAssessment: {
          eatingAndDrinking: { foodLevel: '4', drinkLevel: '2', chokingRisk: 'yes' },
        },
        mar: {
          chartKey: [{ letter: 'G', meaning: 'Given', outcome: 'given' }],
          medicines: [
            {
              name: 'Co-careldopa',
              kinds: ['regular', 'time-critical'],
              status: 'active',
              doseText: 'ONE',
              dose: { times: [{ clock: '00:30' }, { clock: '07:00' }, { clock: '22:00' }] },
            },
          ],
        },
        createdAt: '2026-10-24T23:20:00+01:00',
      },
      { nhsNumber: '9000000008' },
    ),
  );
  holds(t, 'mixed', printed);
  const page = pageText(printed.drawn, 0);
  for (const said of [
    'Last seen well: Sat 24 Oct, 22:15',
    'Onset: NOT KNOWN',
    'Head struck: UNWITNESSED, not known',
    'Anticoagulant: YES, Apixaban, last dose Sat 24 Oct, 20:00',
    'Choking risk: YES. FOOD: IDDSI Level 4, pureed. DRINKS: IDDSI Level 2, mildly thick.',
    'at least 3; ',
    'Resident, NHS number: NOT UNDERSTOOD: 9000000008',
    'IDENTITY NOT VERIFIED',
    'Syrthiodd ŵ ŷ',
    'DUE in the next 24 hours: Sun 25 Oct BST 00:30; Sun 25 Oct GMT 07:00, 22:00',
  ])
    t.ok(page.includes(said), said);
  t.match(page, /Not recorded: .*\bfound\b/);
});

t.test('the pointers lead to where the papers begin', async (t) => {
  const { drawn } = await print(bag());
  const [, number] = /CARES record: page (\d+)/.exec(pageText(drawn, 0)) ?? [];
  t.match(pageText(drawn, Number(number) - 1), 'CARES escalation record');
  t.notMatch(pageText(drawn, 0), 'Medicines chart: page', 'to what was not sent nothing points');
});

t.test('the QR code opens the newest version, and nothing else is in it', async (t) => {
  const { pdf } = await print(bag());
  t.equal(
    decoded(contentsOf(pdf)[0] ?? ''),
    'https://redbag.example/red-bags/7f3c1f0e-0000-4000-8000-000000000001/pdf',
  );
});

/** Points for each square of the code on a front page. */
const SQUARE = 1.7;

/** What the code on a page says, from its dark squares. */
function decoded(content: string): string {
  const number = (text = ''): number => Number(text);
  const pieces = [...content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) 1\.7 re/g)].map(([, x, y, width]) => ({
    x: number(x),
    y: number(y),
    width: number(width),
  }));
  const left = Math.min(...pieces.map(({ x }) => x));
  const top = Math.max(...pieces.map(({ y }) => y));
  const unit = 4;
  const side = 60 * unit;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { x, y, width } of pieces) {
    const from = Math.round(((x - left) / SQUARE + 6) * unit);
    const row = Math.round(((top - y) / SQUARE + 6) * unit);
    for (let dy = 0; dy < unit; dy++)
      for (let dx = 0; dx < Math.round((width / SQUARE) * unit); dx++)
        data.fill(0, ((row + dy) * side + from + dx) * 4, ((row + dy) * side + from + dx) * 4 + 3);
  }
  return decodeQR({ width: side, height: side, data });
}

t.test('large print and the plain layout have the same words in running order', async (t) => {
  const { front } = await print(bag());
  const flowing = textOf(asBlocks(front));
  for (const said of ['OKAFOR, Betty', 'No known allergies', 'CPR STATUS UNKNOWN', 'Found on the floor'])
    t.match(flowing, said);
  t.end();
});
