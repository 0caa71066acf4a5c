import fc from 'fast-check';
import t from 'tap';
import {
  amount,
  choice,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  Type,
  text,
} from '#src/forms/elements.js';
import type { Finding } from '#src/forms/finding.js';
import { type Checked, createPackageCheck, type PackageModel } from '#src/intake/check.js';
import { allIssueEntries } from '#src/intake/issues.js';
import { keepsDigits } from '#src/intake/keeps-digits.js';
import { likelyName } from '#src/intake/likely-name.js';
import { parseJson, READING_LIMITS } from '#src/intake/parse.js';
import { createSchemaCheck } from '#src/intake/schema-issues.js';
import { sortIssues } from '#src/intake/sort-issues.js';
import { formats } from '#src/mapping/formats.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const reading = (text: string): string[] => {
  const parsed = parseJson(bytes(text));
  return parsed.ok ? [] : parsed.findings.map((f) => `${f.code} ${f.pointer}`);
};

t.test('reading', async (t) => {
  t.same(parseJson(bytes('{"a":[1,2.50,"ŵ",true]}')), { ok: true, value: { a: [1, 2.5, 'ŵ', true] } });

  t.test('says each fault of the text, at its place', async (t) => {
    const cases: readonly (readonly [string, ...string[]])[] = [
      ['', 'no-body '],
      ['   ', 'json-broken '],
      ['\ufeff{}', 'byte-order-mark '],
      ['{"a":1,"a":2}', 'duplicate-field /a'],
      ['{"a":[{"x":1,"\\u0078":2,"x":3}]}', 'duplicate-field /a/0/x', 'duplicate-field /a/0/x'],
      ['{"a/b~c":1,"a/b~c":1}', 'duplicate-field /a~1b~0c'],
      ['{"__proto__":{"x":1}}', 'forbidden-field /__proto__'],
      ['{"a":12345678901234567890}', 'number-loses-digits /a'],
      ['{"a":9007199254740993}', 'number-loses-digits /a'],
      ['{"a":0.1234567890123456789}', 'number-loses-digits /a'],
      ['{"a":1e400}', 'number-loses-digits /a'],
      ['{"a":1e-400}', 'number-loses-digits /a'],
      ['{"a":[1,2', 'json-broken /a'],
      ['{"a":1,}', 'json-broken '],
      ['{"a" 1}', 'json-broken '],
      ["{'a':1}", 'json-broken '],
      ['{"a":01}', 'json-broken '],
      ['{"a":+1}', 'json-broken '],
      ['{"a":NaN}', 'json-broken '],
      ['{"a":"x\ny"}', 'json-broken '],
      ['{"a":"\\q"}', 'json-broken '],
      ['// no\n{}', 'json-broken '],
      ['{} {}', 'json-broken '],
      ['[1}', 'json-broken '],
    ];
    for (const [text, ...expected] of cases) t.same(reading(text), expected, JSON.stringify(text));
  });

  t.test('says where the text breaks', async (t) => {
    const parsed = parseJson(bytes('{\n  "a": 1\n  "b": 2\n}'));
    t.match(parsed, { findings: [{ values: { line: 3, column: 3 } }] });
  });

  t.test('wrong bytes are named, never replaced', async (t) => {
    const latin1 = Uint8Array.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]);
    t.match(parseJson(latin1), { findings: [{ code: 'not-utf8', values: { offset: 3 } }] });
    const cut = bytes('{"a":"ŵ"}').subarray(0, 7);
    t.match(parseJson(cut), { findings: [{ code: 'not-utf8' }] });
    const utf16 = new Uint8Array(Buffer.from('\ufeff{}', 'utf16le'));
    t.match(parseJson(utf16), { findings: [{ code: 'not-utf8', values: { offset: 0 } }] });
  });

  t.test('bounds hold before anything is built', async (t) => {
    t.same(reading('['.repeat(100) + ']'.repeat(100)), []);
    t.match(reading('['.repeat(101) + ']'.repeat(101))[0], /^too-deep \/0/);
    t.match(reading('['.repeat(5_000_000))[0], /^too-deep/);
    const small = { ...READING_LIMITS, values: 5, items: 3, characters: 4, nameCharacters: 6 };
    const codes = (text: string): string[] => {
      const parsed = parseJson(bytes(text), small);
      return parsed.ok ? [] : parsed.findings.map((f) => `${f.code} ${f.pointer}`);
    };
    t.same(codes('[1,2,3,4]'), ['list-too-long ']);
    t.same(codes('{"a":{"b":1,"c":2,"d":3,"e":4}}'), ['too-many-values ']);
    t.same(codes('{"a":"12345"}'), ['text-too-long /a']);
    t.same(codes('{"a":"\\u0031234"}'), [], 'an escape is one character');
    t.same(codes('{"data":"123456789"}'), [], 'base64 of attachments may be long');
    t.same(codes('{"toolong":1}'), ['name-too-long ']);
  });

  t.test('agrees with JSON.parse on everything that hides nothing', async () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.json(),
        fc.integer({ min: 0, max: 200 }),
        fc.string({ maxLength: 2 }),
        (json, at, put) => {
          const text = json.slice(0, at) + put + json.slice(at + put.length);
          const parsed = parseJson(bytes(text));
          if (/\p{Surrogate}/u.test(text)) return;
          if (parsed.ok) return JSON.stringify(parsed.value) === JSON.stringify(JSON.parse(text));
          const hidden = parsed.findings.every((f) => f.code !== 'json-broken' && f.code !== 'no-body');
          return hidden || !parses(text);
        },
      ),
      { numRuns: 3000 },
    );
  });

  t.test('numbers keep their digits or are refused', async (t) => {
    for (const kept of [
      '0',
      '-0',
      '1.50',
      '37.0',
      '1e3',
      '1E+2',
      '0.1',
      '123456789012345',
      '5e-324',
      '-12.75',
    ]) {
      t.ok(keepsDigits(kept), kept);
    }
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (n) => Number.isInteger(n) || keepsDigits(String(n)),
      ),
    );
  });
});

const schema = group('Package', {
  format: Type.Unsafe<string>({ type: 'string', enum: ['redbag/1'], title: 'Format' }),
  mode: choice('mode', 'Mode', { urgent: 'Urgent', complete: 'Complete' }),
  createdAt: formatted('instant', 'Created'),
  resident: group('Resident', {
    name: line('Name'),
    birthDate: formatted('birth-date', 'Birth date'),
    nhsNumber: optional(formatted('nhs-number', 'NHS number')),
    inThisHomeSince: optional(formatted('date', 'Since')),
    story: optional(text('Story')),
  }),
  observations: optional(
    many(
      'Observations',
      group('Observation', {
        at: moment('At'),
        pain: optional(amount('Pain', 0, 10)),
        code: optional(formatted('snomed-code', 'Code')),
      }),
      5000,
    ),
  ),
  sender: optional(
    group('Sender', { odsCode: optional(formatted('ods-code', 'ODS')), phone24h: optional(line('Phone')) }),
  ),
});

let ruled: (clean: { [k: string]: unknown }) => Finding[] = () => [];
const model: PackageModel = { served: ['redbag/1'], schema, formats, rules: (clean) => ruled(clean) };
const check = createPackageCheck(model);
type Tree = Record<string, unknown>;
const good = (): Tree & { resident: Tree } => ({
  format: 'redbag/1',
  mode: 'complete',
  createdAt: '2026-11-22T03:12:00+00:00',
  resident: { name: 'Betty Okafor', birthDate: '1931-02-28', nhsNumber: '900 000 0009' },
});
const codes = (checked: Checked): string[] =>
  checked.issues.map((i) => `${i.severity} ${i.code} ${i.pointer}`);
const send = (value: unknown): Checked => check(bytes(JSON.stringify(value)));
t.beforeEach(() => {
  ruled = () => [];
});

t.test('a good package', async (t) => {
  const sent = good();
  const checked = send(sent);
  t.match(checked, {
    valid: true,
    package: sent,
    mode: 'complete',
    issues: [],
    notUnderstood: [],
  });
  t.ok(checked.valid && checked.notUnderstood.length === 0);
});

t.test('each slip gives one issue, at its field', async (t) => {
  const slip = (change: (p: ReturnType<typeof good>) => void): string[] => {
    const sent = good();
    change(sent);
    return codes(send(sent));
  };
  const one: readonly (readonly [(p: ReturnType<typeof good>) => void, string])[] = [
    [
      (p) => {
        p['alergies'] = 1;
      },
      'unknown-field /alergies',
    ],
    [
      (p) => {
        p['a/b'] = { c: null };
      },
      'unknown-field /a~1b',
    ],
    [
      (p) => {
        p.resident['birthdate'] = p.resident['birthDate'];
        delete p.resident['birthDate'];
      },
      'unknown-field /resident/birthdate',
    ],
    [
      (p) => {
        delete p.resident['birthDate'];
      },
      'missing-field /resident/birthDate',
    ],
    [
      (p) => {
        delete p['mode'];
      },
      'missing-field /mode',
    ],
    [
      (p) => {
        p.resident['name'] = null;
      },
      'null-value /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = '';
      },
      'empty-string /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = ' \u200b\t';
      },
      'empty-string /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = 'a\u0007';
      },
      'control-character /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = 'a\ud83d';
      },
      'broken-character /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = 7;
      },
      'wrong-type /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = 'two\nlines';
      },
      'not-a-line /resident/name',
    ],
    [
      (p) => {
        p.resident['name'] = 'x'.repeat(501);
      },
      'too-long /resident/name',
    ],
    [
      (p) => {
        p['resident'] = [] as never;
      },
      'wrong-type /resident',
    ],
    [
      (p) => {
        p['mode'] = 'urgnt';
      },
      'not-a-choice /mode',
    ],
    [
      (p) => {
        p['mode'] = 5;
      },
      'wrong-type /mode',
    ],
    [
      (p) => {
        p['observations'] = [];
      },
      'empty-list /observations',
    ],
    [
      (p) => {
        p['sender'] = {};
      },
      'empty-object /sender',
    ],
    [
      (p) => {
        p['createdAt'] = '2026-11-22T03:12:00';
      },
      'time-without-offset /createdAt',
    ],
    [
      (p) => {
        p['createdAt'] = '2026-11-22';
      },
      'time-missing /createdAt',
    ],
    [
      (p) => {
        p.resident['birthDate'] = '1931-02-30';
      },
      'impossible-date /resident/birthDate',
    ],
    [
      (p) => {
        p.resident['birthDate'] = '28/02/1931';
      },
      'not-a-date /resident/birthDate',
    ],
    [
      (p) => {
        p.resident['nhsNumber'] = '9000000008';
      },
      'nhs-number-check-digit /resident/nhsNumber',
    ],
    [
      (p) => {
        p.resident['nhsNumber'] = '12345';
      },
      'not-an-nhs-number /resident/nhsNumber',
    ],
    [
      (p) => {
        p['observations'] = [{ at: p['createdAt'], pain: 11 }];
      },
      'number-out-of-range /observations/0/pain',
    ],
    [
      (p) => {
        p['observations'] = [{ at: p['createdAt'], code: '182895006' }];
      },
      'snomed-check-digit /observations/0/code',
    ],
    [
      (p) => {
        p['format'] = 'redbag/2';
        p['what'] = null;
      },
      'format-not-served /format',
    ],
  ];
  for (const [change, expected] of one) t.same(slip(change), [`error ${expected}`], expected);
  t.same(codes(send([])), ['error wrong-type ']);
});

t.test('all slips at once, in the order of the document, with sentences', async (t) => {
  const checked = send({
    format: 'redbag/1',
    mode: 'komplete',
    createdAt: '2026-02-30T03:12:00Z',
    resident: { nmae: 'Betty', birthdate: '1931-02-28', nhsNumber: null },
    observations: [{ at: '2026-11-22T03:12:00Z', pain: 'nine' }, {}],
    zzz: '',
  });
  t.same(codes(checked), [
    'error impossible-date /createdAt',
    'error not-a-choice /mode',
    'error wrong-type /observations/0/pain',
    'error missing-field /observations/1/at',
    'error unknown-field /resident/birthdate',
    'error null-value /resident/nhsNumber',
    'error unknown-field /resident/nmae',
    'error unknown-field /zzz',
  ]);
  t.match(
    checked.issues.find((i) => i.pointer === '/resident/birthdate')?.message,
    /Did you mean birthDate\?/,
  );
  t.match(checked.issues.find((i) => i.pointer === '/resident/nmae')?.message, /Did you mean name\?/);
  t.match(
    checked.issues.find((i) => i.pointer === '/mode')?.message,
    /urgent, complete\. Did you mean complete\?/,
  );
  t.match(checked.issues.find((i) => i.pointer.endsWith('pain'))?.message, /text in quotes; a number/);
  for (const issue of checked.issues) {
    t.notMatch(issue.message, /[{}]|undefined/);
    t.notMatch(issue.message, /Betty|1931-02-28/, 'what was typed is not repeated');
  }
});

t.test('rules', async (t) => {
  ruled = () => [{ code: 'number-out-of-range', pointer: '/resident/name', values: { range: 'x' } }];
  t.same(codes(send(good())), ['error number-out-of-range /resident/name']);
  t.same(codes(send({ ...good(), zzz: 1 })), [
    'error number-out-of-range /resident/name',
    'error unknown-field /zzz',
  ]);
  let asked = 0;
  ruled = () => {
    asked++;
    return [];
  };
  send({ ...good(), resident: {} });
  t.equal(asked, 0, 'rules are not asked about a package without its mandatory parts');
});

t.test(
  'AT-50 urgent: what people mistyped is carried as text, what the software did wrong is refused',
  async (t) => {
    const at = '2026-11-22T03:12:00Z';
    const urgent = (change: Tree, resident: Tree = {}): Checked =>
      send({ ...good(), mode: 'urgent', ...change, resident: { ...good().resident, ...resident } });

    t.test('a wrong value is named as not understood, and warned about', async (t) => {
      const checked = urgent({}, { nhsNumber: '9000000008', inThisHomeSince: '2026-02-31' });
      t.same(codes(checked), [
        'warning impossible-date /resident/inThisHomeSince',
        'warning nhs-number-check-digit /resident/nhsNumber',
      ]);
      if (!checked.valid) return t.fail('refused');
      t.match(checked.package, { resident: { nhsNumber: '9000000008' } });
      t.same(checked.notUnderstood.map((n) => [n.pointer, n.value]).sort(), [
        ['/resident/inThisHomeSince', '2026-02-31'],
        ['/resident/nhsNumber', '9000000008'],
      ]);
      t.match(checked.issues[0]?.message, /NOT UNDERSTOOD/);
    });

    t.test(
      'a mandatory one is carried alone; rules do not judge the part that needed it, and find the others in their places',
      async (t) => {
        ruled = (clean) =>
          (clean['observations'] as Tree[]).map((_, i) => ({
            code: 'duplicate-item',
            pointer: `/observations/${i}/pain`,
          }));
        const checked = urgent({
          observations: [
            { at, pain: 1 },
            { at: '2026-02-31T03:12:00Z', pain: 2 },
            { at, pain: 3 },
          ],
        });
        t.same(codes(checked), [
          'error duplicate-item /observations/0/pain',
          'error duplicate-item /observations/2/pain',
          'warning impossible-date /observations/1/at',
        ]);
        ruled = () => [];
        const kept = urgent({
          observations: [
            { at, pain: 1 },
            { at: '2026-02-31T03:12:00Z', pain: 2 },
            { at, pain: 3 },
          ],
        });
        if (!kept.valid) return t.fail('refused');
        t.same(kept.notUnderstood, [
          { pointer: '/observations/1/at', value: '2026-02-31T03:12:00Z', code: 'impossible-date' },
        ]);
        const only = urgent({ observations: [{ at: '2026-02-31T03:12:00Z' }] });
        t.same(codes(only), ['warning impossible-date /observations/0/at']);
      },
    );

    t.test('what a package cannot be without is refused', async (t) => {
      t.same(codes(urgent({}, { birthDate: '1931-02-30' })), ['error impossible-date /resident/birthDate']);
      t.same(codes(urgent({ createdAt: '2026-02-30T03:12:00Z' }, { nhsNumber: '9000000008' })), [
        'error impossible-date /createdAt',
        'warning nhs-number-check-digit /resident/nhsNumber',
      ]);
    });

    t.test('faults of the software are refused beside it', async (t) => {
      t.same(codes(urgent({ zzz: 1 }, { nhsNumber: '9000000008' })), [
        'error unknown-field /zzz',
        'warning nhs-number-check-digit /resident/nhsNumber',
      ]);
      t.same(codes(urgent({ createdAt: '2026-11-22T03:12:00' })), ['error time-without-offset /createdAt']);
    });

    t.test('a rule may find one too', async (t) => {
      ruled = () => [{ code: 'not-a-uri', pointer: '/resident/story' }];
      const checked = urgent({}, { story: 'x' });
      t.match(checked, {
        valid: true,
        notUnderstood: [{ pointer: '/resident/story', value: 'x', code: 'not-a-uri' }],
      });
    });
  },
);

t.test('issues are bounded, and errors are never hidden by warnings', async (t) => {
  const many = send({
    ...good(),
    ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, i])),
  });
  t.equal(many.issues.length, 101);
  t.match(many.issues.at(-1), { code: 'more-issues', severity: 'information' });
  const at = '2026-11-22T03:12:00Z';
  const mistyped = Array.from({ length: 1001 }, () => ({ at, pain: 11 }));
  const urgent = send({ ...good(), mode: 'urgent', observations: mistyped });
  t.match(codes(urgent)[0], 'error too-many-faults ', 'what was not looked at is not carried as good');
  t.notOk(urgent.valid);
  const issue = { code: 'c', pointer: '/a/10', message: '', rule: '' };
  const sorted = sortIssues([
    ...Array.from({ length: 300 }, () => ({ ...issue, severity: 'warning' as const })),
    { ...issue, severity: 'error' },
    { ...issue, severity: 'error', pointer: '/a/9' },
  ]);
  t.same(
    sorted.slice(0, 3).map((i) => `${i.severity} ${i.pointer}`),
    ['error /a/9', 'error /a/10', 'warning /a/10'],
  );
});

t.test('schemas with unions still give one issue for a slip', async (t) => {
  const component = (kind: string) => ({
    $id: kind,
    type: 'object',
    required: ['kind', 'x'],
    additionalProperties: false,
    properties: { kind: { type: 'string', const: kind }, x: { type: 'number' } },
  });
  const check = createSchemaCheck(
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        one: {
          type: 'object',
          required: ['kind'],
          discriminator: { propertyName: 'kind' },
          oneOf: [{ $ref: 'cat' }, { $ref: 'dog' }],
        },
        word: {
          anyOf: [
            { type: 'string', const: 'yes' },
            { type: 'string', const: 'no' },
          ],
        },
      },
    },
    { formats, components: [component('cat'), component('dog')] },
  );
  const said = (value: unknown): string[] => check.faults(value).map((f) => `${f.code} ${f.pointer}`);
  t.same(said({ one: { kind: 'cat', x: 'y' } }), ['wrong-type /one/x']);
  t.same(said({ one: { kind: 'cow', x: 1 } }), ['not-a-choice /one/kind']);
  t.match(check.faults({ one: { kind: 'cow', x: 1 } }), [{ values: { choices: 'cat, dog' } }]);
  t.same(said({ one: { x: 1 } }), ['missing-field /one/kind']);
  t.same(said({ word: 'maybe' }), ['not-a-choice /word']);
  t.same(said({ word: 'yes', one: { kind: 'dog', x: 1 } }), []);
});

t.test('every code that a format or the reading can give is in the table', async (t) => {
  const table = allIssueEntries();
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(formats)),
      fc.oneof(fc.string(), fc.stringMatching(/^[0-9T:Z-]{1,25}$/)),
      (format, value) => table.has(format.code(value)),
    ),
  );
  for (const [code, entry] of table) {
    t.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.match(entry.sentence, /[.}]$/, code);
    t.match(entry.mend, /[.}]$/, code);
  }
});

t.test('likely names', async (t) => {
  const known = ['birthDate', 'name', 'nhsNumber', 'allergies'];
  for (const [slip, name] of [
    ['birth_date', 'birthDate'],
    ['BirthDate', 'birthDate'],
    ['brithDate', 'birthDate'],
    ['alergies', 'allergies'],
    ['nhsNumbr', 'nhsNumber'],
    ['nmae', 'name'],
  ] as const) {
    t.equal(likelyName(slip, known), name, slip);
  }
  for (const other of ['x', 'gpPractice', 'toString', 'birthDate'.repeat(1000)])
    t.equal(likelyName(other, known), undefined, other.slice(0, 20));
});
