/** FHIRPath in plain code: never of another opinion than fhirpath.js, on the R4 examples and on mutants of them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { parse } from '#src/validation/plain/parse.js';
import { BREAKERS } from './breakers.js';
import { Equality } from './equality.js';

const ROOT = path.join(import.meta.dirname, '../..');
const EXAMPLES = path.join(ROOT, 'node_modules/hl7.fhir.r4.examples');

t.test('plain answers equal those of fhirpath.js', async (t) => {
  const equality = new Equality({ enough: 5 });
  for (const file of readdirSync(EXAMPLES)) {
    if (!file.endsWith('.json') || file === 'package.json') continue;
    const text = readFileSync(path.join(EXAMPLES, file), 'utf8');
    if (text.length > 100_000) continue;
    equality.run(file, JSON.parse(text));
    equality.run(`half of ${file}`, half(JSON.parse(text)));
  }
  equality.run('betty', JSON.parse(readFileSync(path.join(ROOT, 'fixtures/betty/bundle.json'), 'utf8')));
  for (const [place, breaker] of BREAKERS.entries()) equality.run(`breaker ${place}`, breaker);
  const tallies = [...equality.tallies];
  t.strictSame(
    tallies.flatMap(([expression, { different }]) => different.map((where) => `${expression} ${where}`)),
    [],
  );
  const answered = tallies.filter(([, { same }]) => same > 0);
  t.ok(answered.length > 200, `${answered.length} expressions have plain answers`);
  t.ok(answered.filter(([, { failing }]) => failing > 0).length > 100, 'many were seen to fail as well');
  t.strictSame([...equality.unread], [], 'every expression can be read');
});

/** Every second member taken away, at each level. */
function half(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(half);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.entries(value).filter(([name], place) => name === 'resourceType' || place % 2 === 1);
  return Object.fromEntries(names.map(([name, inner]) => [name, half(inner)]));
}

t.test('operators bind as FHIRPath says', async (t) => {
  const shape = (expression: string): string => said(parse(expression));
  t.equal(shape('a or b and c implies d'), '((a or (b and c)) implies d)');
  t.equal(shape("a.b = 'x' | 'y'"), "(a.b = ('x' | 'y'))");
  t.equal(shape('a & b = c'), '((a & b) = c)');
  t.equal(shape('1 + 2 * 3 > x'), '((1 + (2 * 3)) > x)');
  t.equal(shape('a in b and c'), '((a in b) and c)');
  t.equal(shape('a.where(b = 1)[0].`div`.is(X)'), 'a.where((b = 1))[0].div.is(X)');
  t.equal(shape("'it\\'s'"), "'it's'");
});

t.test('what it cannot read it leaves alone', async (t) => {
  for (const expression of ['a.', 'a +', '(a', "'\\d'", 'a ~ b', '@2020', 'a b', "'open", '$index']) {
    t.equal(parse(expression), undefined, expression);
  }
});

function said(tree: ReturnType<typeof parse>): string {
  if (tree === undefined) return 'nothing';
  switch (tree.kind) {
    case 'literal':
      return typeof tree.value === 'string' ? `'${tree.value}'` : String(tree.value);
    case 'member':
      return tree.on === undefined ? tree.name : `${said(tree.on)}.${tree.name}`;
    case 'call':
      return `${tree.on === undefined ? '' : `${said(tree.on)}.`}${tree.name}(${tree.with.map(said).join(', ')})`;
    case 'index':
      return `${said(tree.on)}[${said(tree.at)}]`;
    case 'operation':
      return `(${said(tree.left)} ${tree.name} ${said(tree.right)})`;
    default:
      return tree.kind;
  }
}
