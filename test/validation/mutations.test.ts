/**
 * Named breaks of valid resources: each gives exactly the issues listed, at the right place. 28 at places chosen for
 * them, the others at places picked at random.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { Definitions } from '#src/validation/definitions/registry.js';
import { Node } from '#src/validation/plan/node.js';
import { Shapes } from '#src/validation/plan/shapes.js';
import { createValidator } from '#src/validation/validator.js';
import { BEYOND_REACH, expectedOf, MUTANTS, pick } from './mutants.js';
import { bloodPressure, document, PLACES } from './sample.js';

const validator = createValidator();
const { composition, patient, heartRate, statement } = PLACES;

// biome-ignore lint/suspicious/noExplicitAny: breaking a resource means going against its types
type Anything = any;

interface Mutation {
  readonly name: string;
  readonly of?: () => Anything;
  readonly breaks: (resource: Anything) => void;
  /** `rule at expression`, errors only. */
  readonly gives: readonly string[];
}

const at = (place: number, rest = ''): string => `Bundle.entry[${place}].resource${rest}`;
const resource = (bundle: Anything, place: number): Anything => bundle.entry[place].resource;

const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a mandatory element is missing',
    breaks: (b) => delete resource(b, heartRate).status,
    gives: [`cardinality-min ${at(heartRate)}`],
  },
  {
    name: 'an array where one is allowed',
    breaks: (b) => {
      resource(b, patient).gender = ['female'];
    },
    gives: [`cardinality-max ${at(patient, '.gender')}`],
  },
  {
    name: 'an id with a space',
    breaks: (b) => {
      resource(b, patient).id = 'a b';
    },
    gives: [`primitive-id ${at(patient, '.id')}`],
  },
  {
    name: 'an unknown property',
    breaks: (b) => {
      b.note = 'x';
    },
    gives: ['unknown-element Bundle.note'],
  },
  {
    name: 'a code outside a required value set',
    of: bloodPressure,
    breaks: (o) => {
      o.status = 'finished';
    },
    gives: ['binding Observation.status'],
  },
  {
    name: 'invariant obs-6',
    breaks: (b) => {
      resource(b, heartRate).dataAbsentReason = { text: 'refused' };
    },
    gives: [`obs-6 ${at(heartRate)}`],
  },
  {
    name: 'a reference to the wrong type',
    breaks: (b) => {
      resource(b, statement).subject.reference = b.entry[PLACES.home].fullUrl;
    },
    gives: [`reference-target ${at(statement, '.subject')}`],
  },
  {
    name: 'a mandatory slice is missing',
    of: bloodPressure,
    breaks: (o) => {
      o.component[1].code.coding[0].code = '8867-4';
    },
    gives: ['slice-min Observation'],
  },
  {
    name: 'an extension with a value of the wrong type',
    breaks: (b) => {
      resource(b, patient).extension = [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueString: 'Leeds' },
      ];
    },
    gives: [`type ${at(patient, '.extension[0].value')}`],
  },
  {
    name: 'a month and day that do not exist',
    breaks: (b) => {
      resource(b, patient).birthDate = '1931-13-40';
    },
    gives: [`primitive-date ${at(patient, '.birthDate')}`],
  },
  {
    name: 'an empty object',
    breaks: (b) => {
      resource(b, patient).maritalStatus = {};
    },
    gives: [`ele-1 ${at(patient, '.maritalStatus')}`],
  },
  {
    name: 'a text in place of an element with extensions',
    breaks: (b) => {
      resource(b, patient)._birthDate = 'about';
    },
    gives: [`json-type ${at(patient, '.birthDate')}`],
  },
  {
    name: 'a fullUrl given twice',
    breaks: (b) => {
      b.entry.push({ ...b.entry[PLACES.home] });
    },
    gives: ['bdl-7 Bundle'],
  },
  {
    name: 'a script in the narrative',
    breaks: (b) => {
      resource(b, patient).text.div = '<div xmlns="http://www.w3.org/1999/xhtml"><script>x()</script></div>';
    },
    gives: [`txt-1 ${at(patient, '.text.div')}`],
  },
  {
    name: 'a contained resource that nothing refers to',
    breaks: (b) => {
      resource(b, patient).contained = [{ resourceType: 'Organization', id: 'gp', name: 'Surgery' }];
    },
    gives: [`dom-3 ${at(patient)}`],
  },
  {
    name: 'a day that the calendar does not have',
    breaks: (b) => {
      resource(b, patient).birthDate = '1931-02-30';
    },
    gives: [`primitive-date ${at(patient, '.birthDate')}`],
  },
  {
    name: 'two of one choice',
    breaks: (b) => {
      resource(b, heartRate).valueString = '80';
    },
    gives: [`choice-one ${at(heartRate, '.value')}`],
  },
  {
    name: '_given longer than given, with nothing to say',
    breaks: (b) => {
      resource(b, patient).name[0]._given = [null, null, { id: 'x' }];
    },
    gives: [`ele-1 ${at(patient, '.name[0].given[2]')}`],
  },
  {
    name: 'the Composition is not first',
    breaks: (b) => b.entry.push(b.entry.shift()),
    gives: ['bdl-11 Bundle'],
  },
  {
    name: 'a urn:uuid that no entry has',
    breaks: (b) => {
      resource(b, statement).subject.reference = 'urn:uuid:c757873d-ec9a-4326-a141-00000000ffff';
    },
    gives: [`reference-resolves ${at(statement, '.subject')}`],
  },
  {
    name: 'two contained resources with one id',
    breaks: (b) => {
      const gp = { resourceType: 'Organization', id: 'gp', name: 'Surgery' };
      resource(b, patient).contained = [gp, { ...gp, name: 'Other surgery' }];
      resource(b, patient).generalPractitioner = [{ reference: '#gp' }];
    },
    gives: [`contained-id-unique ${at(patient, '.contained[1]')}`],
  },
  {
    name: 'an XHTML tag that is not closed',
    breaks: (b) => {
      resource(b, composition).section[0].text.div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Tea</div>';
    },
    gives: [`xhtml ${at(composition, '.section[0].text.div')}`],
  },
  {
    name: 'an empty array',
    breaks: (b) => {
      resource(b, patient).telecom = [];
    },
    gives: [`empty-array ${at(patient, '.telecom')}`],
  },
  {
    name: 'an empty text',
    breaks: (b) => {
      resource(b, patient).name[0].family = '';
    },
    gives: [`empty-string ${at(patient, '.name[0].family')}`],
  },
  {
    name: 'a language with a space before it',
    breaks: (b) => {
      resource(b, patient).language = ' en';
    },
    gives: [`primitive-code ${at(patient, '.language')}`],
  },
  {
    name: 'a number for a text',
    breaks: (b) => {
      resource(b, patient).name[0].family = 7;
    },
    gives: [`json-type ${at(patient, '.name[0].family')}`],
  },
  {
    name: 'a wrong code deep in the Bundle',
    breaks: (b) => {
      resource(b, PLACES.allergy).reaction[0].severity = 'awful';
    },
    gives: [`binding ${at(PLACES.allergy, '.reaction[0].severity')}`],
  },
  {
    name: 'an unknown property deep in the Bundle',
    breaks: (b) => {
      resource(b, statement).dosage[0].timing.repeat.often = true;
    },
    gives: [`unknown-element ${at(statement, '.dosage[0].timing.repeat.often')}`],
  },
];

t.test('what is broken here is valid before', async (t) => {
  for (const whole of [document(), bloodPressure()]) {
    t.strictSame(validator.validate(whole), { valid: true, issues: [] });
  }
});

for (const { name, of = document, breaks, gives } of MUTATIONS) {
  t.test(name, async (t) => {
    const broken = of();
    breaks(broken);
    const { valid, issues } = validator.validate(broken);
    const errors = issues.filter(({ severity }) => severity === 'error');
    t.equal(valid, false);
    t.strictSame(
      errors.map(({ rule, expression }) => `${rule} ${expression}`),
      gives,
    );
    for (const issue of errors) {
      t.match(issue.source, /^https?:/, 'an issue says where its rule stands');
      t.match(issue.message, /\w{4}/);
      t.match(issue.definitionPath, /^[A-Z]\w+/);
    }
  });
}

t.test('28 mutations are named', async (t) => {
  t.equal(MUTATIONS.length, 28);
});

/** Bundles to break at random places: the sample, and a night's bag as R4 alone sees it. */
const SEEDS = 2;
const shapes = new Shapes(new Definitions(path.join(import.meta.dirname, '../../dist/validation/compiled')));

function bases(): Anything[] {
  const bag = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../fixtures/betty/bundle.json'), 'utf8'),
  );
  delete bag.meta;
  for (const entry of bag.entry) delete entry.resource.meta?.profile;
  return [document(), bag];
}

const WHOLE = bases();

t.test('what is broken at random is valid before', async (t) => {
  for (const whole of WHOLE) t.ok(validator.validate(whole).valid);
});

for (const mutant of MUTANTS) {
  t.test(`at random: ${mutant.name}`, async (t) => {
    let places = 0;
    for (const [which, base] of WHOLE.entries()) {
      for (let seed = 0; seed < SEEDS; seed++) {
        const broken = structuredClone(base);
        const node = pick(Node.root(shapes, broken) as Node, mutant.where, seed);
        if (node === undefined) break;
        places += 1;
        const gives = expectedOf(mutant, node);
        mutant.breaks(node);
        const { issues } = validator.validate(broken);
        const errors = issues.filter(({ severity }) => severity === 'error');
        t.strictSame(
          errors.map(({ rule, expression }) => `${rule} ${expression}`).sort(),
          [...gives].sort(),
          `in ${which} at ${node.expression}`,
        );
      }
    }
    t.ok(places > 0, 'it was done somewhere');
  });
}

t.test('at least 60 mutations at random places; at most three beyond reach', async (t) => {
  t.ok(MUTANTS.length + MUTATIONS.length >= 88, `${MUTANTS.length} and ${MUTATIONS.length}`);
  t.ok(MUTANTS.length >= 60, `${MUTANTS.length} at random places`);
  t.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
  t.ok(BEYOND_REACH.length <= 3);
});
