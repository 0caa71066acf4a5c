import fc from 'fast-check';
import t from 'tap';
import type { RuleContext } from '#src/forms/form.js';
import { readForm } from '#src/forms/resources.js';
import { thisIsMeSections } from '#src/forms/this-is-me/fhir.js';
import { thisIsMeForm } from '#src/forms/this-is-me/form.js';
import { isOlder } from '#src/forms/this-is-me/rules.js';
import { issueOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import type { JsonObject } from '#src/mapping/json.js';
import type { Node } from '#src/mapping/path.js';
import { homes, questionnaireItems } from '#src/mapping/questionnaire.js';
import { Reader } from '#src/mapping/read.js';
import { sectionsOf } from '#src/transfer/sections.js';
import { provesFormLaws, provesLeavesMatter, written } from '../support/form-laws.js';
import { textOf } from '../support/page-laws.js';

const CREATED = '2026-11-22T03:12:00+00:00';
const check = createSchemaCheck(thisIsMeForm.schema, { formats });
const rules = (data: JsonObject, bag: JsonObject = {}) => {
  const context: RuleContext = { mode: 'urgent', package: { createdAt: CREATED, ...bag }, now: CREATED };
  return thisIsMeForm.rules(data, '/thisIsMe', context);
};
const codes = (data: JsonObject, bag?: JsonObject) => rules(data, bag).map((f) => `${f.code} ${f.pointer}`);
const back = (data: JsonObject) =>
  readForm(new Reader(written(thisIsMeForm, data).resources), thisIsMeForm, '/thisIsMe');

const BETTY: JsonObject = {
  document: 'about-me',
  version: '2.01',
  whatIsMostImportantToMe: {
    freeText: 'I choke on dry toast.\nPlease keep my room quiet.',
    media: { attachmentId: 'hello', filename: 'Betty says hello', mimeType: 'video/mp4' },
  },
  peopleWhoAreImportantToMe: { freeText: 'My daughter Ada. Ring her first, at any hour.' },
  howICommunicateAndHowToCommunicateWithMe: {
    media: { url: 'https://example.org/betty/yes-and-no', filename: 'Yes and no', mimeType: 'video/mp4' },
  },
  pleaseDoAndPleaseDoNot: { freeText: 'Please do not call me Elizabeth.' },
  supportedToWriteThisBy: 'Ama Boateng, key worker',
  lastUpdated: '2026-09-01T10:00:00+01:00',
};

const PASSPORT: JsonObject = {
  document: 'hospital-passport',
  title: 'My hospital passport',
  headings: [
    { label: 'I would like you to know', text: 'I use Makaton.' },
    { label: 'My sleep.', text: 'With the light on.' },
    {
      label: 'My signs for pain',
      text: 'I hold my ear.',
      aboutMeHeading: 'my-wellness',
      media: { attachmentId: 'sign' },
    },
    { label: 'Football', text: 'Crystal Palace', media: { url: 'https://example.org/song' } },
  ],
  date: '2026-03',
};

provesFormLaws(t, thisIsMeForm);
provesLeavesMatter(t, thisIsMeForm, BETTY);
provesLeavesMatter(t, thisIsMeForm, PASSPORT);

t.test('AT-01: an empty About Me is accepted, comes back empty, and is a warning', (t) => {
  t.same(check.faults({}), []);
  t.same(rules({}), [{ code: 'about-me-empty', pointer: '/thisIsMe' }]);
  t.equal(issueOf({ code: 'about-me-empty', pointer: '/thisIsMe' }, 'complete').severity, 'warning');
  t.same(back({}), {});
  t.match(textOf(thisIsMeForm.page({}, { created: CREATED, package: {} })), 'without any words');
  t.end();
});

t.test('AT-02: v2.01, v1.x and v1.1 shapes are accepted and come back without loss', (t) => {
  const versions: JsonObject[] = [
    BETTY,
    {
      version: '1.x',
      myWellness: { freeText: 'Mornings are best.' },
      multimediaLocation: 'S:\\films\\betty.mp4',
      date: '2021-04',
    },
    {
      version: '1.1',
      alsoWorthKnowingAboutMe: { freeText: 'I sang alto.' },
      lastUpdated: '2020-04-01T00:00:00Z',
    },
    PASSPORT,
  ];
  for (const data of versions) {
    t.same(check.faults(data), []);
    t.same(back(data), data);
  }
  t.same(codes({ version: '1.1', myWellness: { freeText: 'a', media: { attachmentId: 'x' } } }), [
    'about-me-version-lacks /thisIsMe/myWellness/media',
  ]);
  t.same(codes({ myWellness: { freeText: 'a' }, multimediaLocation: 'on the shelf' }), [
    'about-me-version-lacks /thisIsMe/multimediaLocation',
  ]);
  t.end();
});

t.test('AT-03: each heading has its SNOMED code; an unknown heading is refused with its path', (t) => {
  const codesOf = Object.fromEntries(
    questionnaireItems(thisIsMeForm.schema, homes(thisIsMeForm.bindings)).flatMap((item) => {
      const coding = (item['code'] as readonly JsonObject[] | undefined)?.[0];
      return coding ? [[String(item['linkId']), coding['code']]] : [];
    }),
  );
  t.same(codesOf, {
    whatIsMostImportantToMe: '1515861000000103',
    peopleWhoAreImportantToMe: '1515871000000105',
    howICommunicateAndHowToCommunicateWithMe: '1515881000000107',
    myWellness: '1515891000000109',
    pleaseDoAndPleaseDoNot: '1515901000000105',
    howAndWhenToSupportMe: '1515911000000107',
    alsoWorthKnowingAboutMe: '1515921000000101',
  });
  const root = thisIsMeSections[0];
  t.equal(root?.codings[0]?.code, '1515851000000101');
  t.same(
    root?.sections?.map((s) => s.codings[0]?.code),
    Object.values(codesOf),
  );
  t.match(check.faults({ myWelness: { freeText: 'a' } }), [
    { code: 'unknown-field', pointer: '/myWelness', values: { suggestion: ' Did you mean myWellness?' } },
  ]);
  t.end();
});

t.test('AT-04: one medium a heading; another in another heading', (t) => {
  const media = [{ attachmentId: 'a' }, { attachmentId: 'b' }];
  t.match(check.faults({ myWellness: { media } }), [{ code: 'wrong-type', pointer: '/myWellness/media' }]);
  const two = { myWellness: { media: media[0] }, pleaseDoAndPleaseDoNot: { media: media[1] } } as JsonObject;
  t.same(check.faults(two), []);
  t.same(codes(two), []);
  t.end();
});

t.test('AT-05: a file name with extension is warned of and kept; media types are compared', (t) => {
  const media = { attachmentId: 'hello', filename: 'hello.mp4', mimeType: 'audio/mpeg' };
  const data = { myWellness: { media } };
  const bag = { attachments: [{ id: 'hello', contentType: 'video/mp4' }] };
  t.same(codes(data, bag), [
    'filename-with-extension /thisIsMe/myWellness/media/filename',
    'media-type-differs /thisIsMe/myWellness/media/mimeType',
  ]);
  t.same(back(data), data);
  t.same(codes({ myWellness: { media: { filename: 'Song no. 5' } } }), [
    'media-without-file /thisIsMe/myWellness/media',
  ]);
  t.same(codes({ myWellness: { media: { attachmentId: 'a', url: 'https://example.org/a' } } }), [
    'media-in-two-places /thisIsMe/myWellness/media',
  ]);
  t.end();
});

t.test('AT-06: who supported in more than 150 characters is warned of and kept whole', (t) => {
  const by = 'é'.repeat(151);
  const data = { myWellness: { freeText: 'a' }, supportedToWriteThisBy: by };
  t.same(check.faults(data), []);
  t.same(rules(data), [
    {
      code: 'supported-by-long',
      pointer: '/thisIsMe/supportedToWriteThisBy',
      values: { length: 151, limit: 150 },
    },
  ]);
  t.same(back(data), data);
  t.match(textOf(thisIsMeForm.page(data, { created: CREATED, package: {} })), by);
  t.same(codes({ ...data, supportedToWriteThisBy: by.slice(1) }), []);
  t.end();
});

t.test('AT-07: which About Me is the older one', (t) => {
  const at = (lastUpdated: string) => ({ lastUpdated });
  t.ok(isOlder(at('2026-09-01T10:00:00+01:00'), at('2026-09-01T09:30:00Z')));
  t.notOk(isOlder(at('2026-09-01T09:30:00Z'), at('2026-09-01T10:00:00+01:00')));
  t.notOk(isOlder(at('2026-09-01T09:30:00Z'), at('2026-09-01T09:30:00Z')));
  t.ok(isOlder({ date: '2020' }, at('2026-09-01T09:30:00Z')));
  t.notOk(isOlder({ date: '2026-09' }, at('2026-09-30T09:30:00Z')), 'within the month not known');
  t.notOk(isOlder({}, at('2026-09-01T09:30:00Z')), 'not known is not older');
  t.equal(
    issueOf({ code: 'about-me-older-than-held', pointer: '/thisIsMe' }, 'complete').severity,
    'warning',
  );
  t.same(codes({ myWellness: { freeText: 'a' }, lastUpdated: '2024-01-01T00:00:00Z' }), [
    'about-me-stale /thisIsMe/lastUpdated',
  ]);
  t.same(codes({ myWellness: { freeText: 'a' }, date: '2027-01', version: '1.x' }), [
    'about-me-from-the-future /thisIsMe/date',
  ]);
  t.end();
});

/** Title, code, words and entries of the sub-sections, as the document has them. */
function told(data: JsonObject, attachments = new Map<string, string>()) {
  const { writer } = written(thisIsMeForm, data);
  const [root] = sectionsOf(writer, { form: thisIsMeForm, shown: data }, attachments) as Node[];
  const text = (s: Node | undefined) => String((s?.['text'] as JsonObject | undefined)?.['div'] ?? '');
  const subs = ((root?.['section'] ?? []) as readonly Node[]).map((s) => ({
    title: s['title'],
    text: text(s),
    entries: ((s['entry'] ?? []) as readonly JsonObject[]).map((e) => e['reference']),
  }));
  return { root: text(root), subs, writer };
}

t.test('sections: only headings with words, media among the entries, marked as own words', (t) => {
  const { root, subs, writer } = told(BETTY, new Map([['hello', 'urn:uuid:the-film']]));
  t.match(root, 'own words');
  t.match(root, 'Not an advance decision');
  t.match(root, 'Ama Boateng, key worker');
  t.same(
    subs.map((s) => s.title),
    [
      'What is most important to me',
      'People who are important to me',
      'How I communicate and how to communicate with me',
      'Please do and please do not',
    ],
  );
  t.match(subs[0]?.text, 'I choke on dry toast.<br/>Please keep my room quiet.');
  t.same(subs[0]?.entries, ['urn:uuid:the-film']);
  const linked = writer.resources.filter((w) => w.resource.resourceType === 'DocumentReference');
  t.same(subs[2]?.entries, [linked[0]?.fullUrl]);
  t.match(linked[0]?.resource, {
    content: [{ attachment: { url: 'https://example.org/betty/yes-and-no', contentType: 'video/mp4' } }],
  });
  t.end();
});

t.test('other papers keep their labels under the About Me headings; none is dropped', (t) => {
  const { subs } = told(PASSPORT);
  const words = Object.fromEntries(subs.map((s) => [s.title, s.text]));
  t.match(words['What is most important to me'], /I would like you to know.*I use Makaton\./s);
  t.match(words['How and when to support me'], /My sleep\..*With the light on\./s);
  t.match(words['My wellness'], /My signs for pain.*I hold my ear\./s);
  t.match(words['Also worth knowing about me'], /Football.*Crystal Palace/s);
  t.same(codes(PASSPORT), ['heading-not-in-crosswalk /thisIsMe/headings/3/label']);
  const page = textOf(thisIsMeForm.page(PASSPORT, { created: CREATED, package: {} }));
  t.match(page, 'My hospital passport');
  t.ok(page.indexOf('I use Makaton.') < page.indexOf('Crystal Palace'));
  t.end();
});

t.test('AT-39: text of any script and emoji arrive as they were sent, markup as text', (t) => {
  const text =
    'Dw i’n hoffi canu – ŵ ŷ. میں اردو بولتی ہوں۔ 👵🏽 e\u0301 <script>alert(1)</script> & "quotes"\nsecond line';
  const data = { myWellness: { freeText: text } };
  t.same(back(data), data);
  t.match(textOf(thisIsMeForm.page(data, { created: CREATED, package: {} })), text);
  const div = told(data).subs[0]?.text ?? '';
  t.match(
    div,
    'میں اردو بولتی ہوں۔ 👵🏽 e\u0301 &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;<br/>second line',
  );
  t.notMatch(div, '<script');
  t.end();
});

t.test('rules and sections take whatever urgent mode leaves', (t) => {
  // Leaves that were not understood are taken out, so parts may be empty.
  const odd: JsonObject = { myWellness: { media: {} }, headings: [{ label: 'x' }, {}], recorded: { by: {} } };
  t.doesNotThrow(() => rules(odd));
  t.doesNotThrow(() => told(odd));
  t.doesNotThrow(() =>
    thisIsMeForm.page({ ...odd, myWellness: 'NOT UNDERSTOOD: x' }, { created: '', package: {} }),
  );
  fc.assert(fc.property(fc.string(), (s) => isOlder({ date: s }, { lastUpdated: s }) === false));
  t.end();
});
