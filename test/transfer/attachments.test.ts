import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import t from 'tap';
import { group, optional } from '#src/forms/elements.js';
import type { Form } from '#src/forms/form.js';
import { thisIsMeForm } from '#src/forms/this-is-me/form.js';
import { isContentFault, severityOf } from '#src/intake/issues.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { formats } from '#src/mapping/formats.js';
import { type JsonObject, leaves } from '#src/mapping/json.js';
import { Reader } from '#src/mapping/read.js';
import type { ObjectSchema } from '#src/mapping/schema.js';
import { Writer } from '#src/mapping/write.js';
import { attachmentFindings, contentOf } from '#src/transfer/attachment-content.js';
import { attachedPages, attachmentList } from '#src/transfer/attachment-page.js';
import {
  attachmentBindings,
  attachments,
  attachmentsSection,
  MEDIA_TYPES,
} from '#src/transfer/attachments.js';
import { provesFormLaws, provesLeavesMatter, valueAt, written } from '../support/form-laws.js';
import { textOf } from '../support/page-laws.js';

const MEDIA = 'fixtures/media/';
const FILES: Readonly<Record<string, string>> = {
  'cpr-form.pdf': 'application/pdf',
  'picture.png': 'image/png',
  'photograph.jpg': 'image/jpeg',
  'film.mp4': 'video/mp4',
  'song.mp3': 'audio/mpeg',
  'voice.wav': 'audio/wav',
};
const file = (name: string): Buffer => readFileSync(MEDIA + name);
const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const one = (contentType: string, bytes: Buffer | string, more: JsonObject = {}): JsonObject => ({
  attachments: [{ id: 'a', title: 'Something', contentType, data: base64(bytes), ...more }],
});
const codes = async (bag: JsonObject): Promise<string[]> =>
  (await attachmentFindings(bag, [thisIsMeForm])).map((f) => `${f.code} ${f.pointer}`);

/** The attachments as a form of their own, so that the laws of forms can be proved on them. */
const form: Form = {
  name: 'attachments',
  member: 'attached',
  title: 'Attachments',
  schema: group(
    'Attached',
    { attachments: optional(attachments) },
    { mayBeEmpty: true },
  ) as unknown as ObjectSchema,
  bindings: attachmentBindings,
  sections: [attachmentsSection],
  page: (data) => [
    ...attachmentList(data['attachments']),
    ...attachedPages(data['attachments'], { header: [] }),
  ],
  rules: () => [],
};

const BAG: JsonObject = {
  attachments: [
    {
      id: 'scan-1',
      title: 'CPR form',
      contentType: 'application/pdf',
      data: base64(file('cpr-form.pdf')),
      takenAt: '2026-11-01T12:00:00Z',
      description: 'Front page',
      pages: 1,
    },
    { id: 'photo', title: 'Photograph', contentType: 'image/jpeg', data: base64(file('photograph.jpg')) },
  ],
};

provesFormLaws(t, form);
t.test('every leaf but the bytes matters', (t) => {
  provesLeavesMatter(t, form, BAG);
  t.end();
});

t.test('the media of the fixtures are what their script makes', (t) => {
  execFileSync(process.execPath, ['scripts/make-media.mjs', '--check']);
  t.end();
});

t.test('each attachment is a Binary and a DocumentReference that describes it', (t) => {
  const { resources } = written(form, BAG);
  const [binary, other] = resources.filter((r) => r['resourceType'] === 'Binary');
  const [reference] = resources.filter((r) => r['resourceType'] === 'DocumentReference');
  const pdf = file('cpr-form.pdf');
  t.match(binary, { contentType: 'application/pdf', data: base64(pdf) });
  t.match(other, { contentType: 'image/jpeg' });
  t.match(reference, {
    status: 'current',
    type: { text: 'CPR form' },
    description: 'Front page',
    identifier: [
      { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${String(reference?.['id'])}` },
      { system: 'urn:uuid:test', value: 'scan-1' },
    ],
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          url: `urn:uuid:${String(binary?.['id'])}`,
          title: 'CPR form',
          size: pdf.length,
          hash: createHash('sha1').update(pdf).digest('base64'),
          creation: '2026-11-01T12:00:00Z',
        },
      },
    ],
  });
  t.end();
});

t.test(
  'a media type that was not understood is claimed by neither resource, and nothing comes back for it',
  (t) => {
    const { contentType, ...rest } = (BAG['attachments'] as readonly JsonObject[])[1] as JsonObject;
    t.type(contentType, 'string');
    const writer = new Writer({ uuid: (name) => name, source: 'urn:uuid:test' });
    writer.form('x', attachmentBindings, { attachments: [rest] }, '');
    writer.finish();
    const resources = writer.resources.map((w) => w.resource);
    t.match(
      resources.find((r) => r.resourceType === 'Binary'),
      { contentType: 'application/octet-stream' },
    );
    const reference = resources.find((r) => r.resourceType === 'DocumentReference');
    const [content] = (reference?.['content'] ?? []) as readonly { attachment: JsonObject }[];
    t.notOk('contentType' in (content?.attachment ?? {}), 'R4 binds it to media types: no code, no element');
    t.same(new Reader(resources).form(attachmentBindings, ''), { attachments: [rest] });
    for (const [pointer] of leaves({ attachments: [rest] })) {
      for (const target of writer.coverage.get(pointer) ?? []) t.ok(valueAt(resources, target), pointer);
    }
    t.end();
  },
);

t.test('the schema takes the media types that may travel, no other', (t) => {
  const check = createSchemaCheck(form.schema, { formats });
  for (const type of Object.values(FILES)) t.same(check.faults(one(type, 'x')), [], type);
  for (const type of [
    'image/svg+xml',
    'text/html',
    'application/xhtml+xml',
    'application/zip',
    'IMAGE/PNG',
  ]) {
    t.match(
      check.faults(one(type, 'x')),
      [{ code: 'not-a-choice', pointer: '/attachments/0/contentType' }],
      type,
    );
  }
  t.match(
    check.faults({ attachments: [{ id: 'a', title: 'b', contentType: 'image/png', data: 'no base64!' }] }),
    [{ code: 'not-base64' }],
  );
  t.end();
});

t.test('AT-05: the type is told from the bytes, never from what is said', async (t) => {
  for (const [name, type] of Object.entries(FILES)) {
    t.same(await contentOf(file(name)), { type }, name);
    t.same(await codes(one(type, file(name))), [], name);
    for (const other of Object.keys(MEDIA_TYPES)) {
      if (other === type || (type === 'video/mp4' && other === 'audio/mp4')) continue;
      t.same(
        await codes(one(other, file(name))),
        ['attachment-not-what-it-says /attachments/0/contentType'],
        `${name} as ${other}`,
      );
    }
  }
  for (const bytes of [
    'only words',
    'PK\u0003\u0004',
    Buffer.alloc(40),
    file('picture.png').subarray(0, 5),
  ]) {
    t.same(await codes(one('image/png', bytes)), ['attachment-not-what-it-says /attachments/0/contentType']);
  }
  t.ok(isContentFault('attachment-not-what-it-says'), 'carried in urgent mode, refused in complete');
  t.same(
    [
      severityOf('attachment-not-what-it-says', 'urgent'),
      severityOf('attachment-not-what-it-says', 'complete'),
    ],
    ['warning', 'error'],
  );
});

t.test('AT-05: a title that is a file name is warned of', async (t) => {
  const named = (title: string) => codes(one('image/png', file('picture.png'), { title }));
  t.same(await named('IMG_0042.JPG'), ['filename-with-extension /attachments/0/title']);
  for (const title of ['Letter from Dr. Shah', 'Form v2.1', 'Taken 12.11.2026'])
    t.same(await named(title), []);
});

t.test('what can act is refused in both modes, whatever it is called', async (t) => {
  const utf16 = Buffer.from('\ufeff<html><script>alert(1)</script>', 'utf16le');
  const active: (Buffer | string)[] = [
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?>\n<!-- a picture -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\ufeff\n  <!DOCTYPE html><title>x</title>',
    '<HTML><body onload=alert(1)>',
    utf16,
    '#!/bin/sh\necho',
    Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(64)]),
    Buffer.concat([Buffer.from('MZ'), Buffer.alloc(128)]),
  ];
  for (const bytes of active) {
    t.same(await codes(one('image/png', bytes)), ['attachment-type-refused /attachments/0/data']);
  }
  t.same(
    [severityOf('attachment-type-refused', 'urgent'), isContentFault('attachment-type-refused')],
    ['error', false],
  );
});

t.test('a PDF that can act or is locked is carried with a warning', async (t) => {
  const plain = file('cpr-form.pdf').toString('latin1');
  const withCatalog = (entry: string) => plain.replace('/Type /Catalog', `/Type /Catalog ${entry}`);
  const hidden = deflateSync(Buffer.from('<< /S /JavaScript /JS (app.alert(1)) >>')).toString('latin1');
  const stream = (head: string, data: string) =>
    plain.replace('xref\n', `9 0 obj\n<< ${head} >>\nstream\n${data}\nendstream\nendobj\nxref\n`);
  const pdf = (text: string) => codes(one('application/pdf', Buffer.from(text, 'latin1')));
  const acts = ['attachment-pdf-acts /attachments/0/data'];
  t.same(await pdf(withCatalog('/OpenAction << /S /JavaScript /JS (x) >>')), acts);
  t.same(await pdf(withCatalog('/OpenAction << /S /J#61vaScript >>')), acts, 'a name written with #xx');
  t.same(await pdf(withCatalog('/Names << /EmbeddedFiles 7 0 R >>')), acts);
  t.same(
    await pdf(stream('/Type /ObjStm /Filter /FlateDecode', hidden)),
    acts,
    'in a compressed object stream',
  );
  t.same(
    await pdf(stream('/Filter /DCTDecode', 'abc /JS (x) /Encrypt ')),
    [],
    'letters in a picture by chance',
  );
  t.same(await pdf(stream('/Type /ObjStm', 'not deflate')), [], 'a damaged stream tells nothing');
  t.same(await pdf(plain.replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 8 0 R')), [
    'attachment-pdf-locked /attachments/0/data',
  ]);
});

t.test('hostile sizes are looked at in linear time', async (t) => {
  const many = `%PDF-1.4\n${'/ObjStm stream\n'.repeat(200_000)}`;
  t.same(await codes(one('application/pdf', many)), []);
  const ended = `${many}endstream`;
  t.same(await codes(one('application/pdf', ended)), []);
});

t.test('ids are unique, and what the papers refer to is there', async (t) => {
  const png = base64(file('picture.png'));
  const item = (id: string) => ({ id, title: 'x', contentType: 'image/png', data: png });
  t.same(await codes({ attachments: [item('a'), item('b'), item('a')] }), [
    'attachment-id-twice /attachments/2/id',
  ]);
  const bag: JsonObject = {
    thisIsMe: {
      myWellness: { media: { attachmentId: 'a' } },
      headings: [{ label: 'x', text: 'y', media: { attachmentId: 'gone' } }],
    },
  };
  t.same(await codes({ ...bag, attachments: [item('a')] }), [
    'attachment-missing /thisIsMe/headings/0/media/attachmentId',
  ]);
  t.equal((await codes(bag)).length, 2);
  t.same(await codes({}), []);
});

t.test('on paper: all are listed, what can be drawn comes last, and none is said to be checked', (t) => {
  const items = [
    ...(BAG['attachments'] as readonly JsonObject[]),
    { id: 'q', title: 'Odd', contentType: 'NOT UNDERSTOOD: image/png', data: base64(file('picture.png')) },
    { id: 'r', title: 'Sign', contentType: 'image/png', data: base64(file('picture.png')) },
    { id: 's', title: 'Voice', contentType: 'audio/wav', data: base64(file('voice.wav')) },
  ];
  const list = attachmentList(items);
  const page = textOf(list);
  for (const words of [
    'CPR form',
    'PDF document',
    'Front page',
    'scan-1',
    'NOT UNDERSTOOD: image/png',
    'not checked',
  ])
    t.match(page, words);
  const [table] = list.flatMap((block) => (block.kind === 'table' ? [block] : []));
  t.same(
    table?.rows.map((row) => [row[0], row.at(-1)?.slice(0, 17)]),
    [
      ['1', 'On the last pages'],
      ['2', 'On the last pages'],
      ['3', 'Not printed: its '],
      ['4', 'On the last pages'],
      ['5', 'Cannot be printed'],
    ],
  );
  const pages = attachedPages(items, { header: ['OKAFOR, Betty', 'ALLERGIES: none'], sentBy: 'Larch House' });
  t.match(pages, [
    {
      kind: 'foreign-pages',
      attachment: 0,
      title: 'Attachment 1: CPR form',
      lines: [/^PDF document, taken or written .*2026.*, sent by Larch House\.$/, 'Front page'],
      strip: /IDENTITY ON THIS SCAN NOT CHECKED.*not made by this service.*no tags for screen readers/,
    },
    { kind: 'page-break' },
    {
      kind: 'attached-picture',
      attachment: 1,
      title: 'Attachment 2: Photograph',
      lines: ['JPEG picture, date not recorded, sent by Larch House.'],
      strip: /NOT CHECKED/,
    },
    { kind: 'attached-picture', attachment: 3 },
  ]);
  for (const block of pages) {
    const { head } = block as { head?: readonly string[] };
    if (block.kind === 'attached-picture') continue;
    t.same(head, [
      'IDENTITY ON THIS SCAN NOT CHECKED. Sent in the bag of:',
      'OKAFOR, Betty',
      'ALLERGIES: none',
    ]);
  }
  t.same(attachmentList(undefined), []);
  t.same(attachedPages(undefined, { header: [] }), []);
  t.end();
});
