/**
 * Every rule of our profiles has an instance that breaks it and nothing else, and the instance before it was broken is
 * good. With REDBAG_TEST_SAVE_BROKEN both are kept in that folder, for the reference validator
 * (test/conformance/broken-instances.mjs).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { ValidationIssue } from '#src/validation/outcome.js';
import { createValidator } from '#src/validation/validator.js';
import { breakageOf } from './breakages.js';
import { documents, instancesOf, type Loose } from './instances.js';
import { nameOf, pathOf, profileIds, type Rule, readRules } from './rules.js';

const SAVE = process.env['REDBAG_TEST_SAVE_BROKEN'];
const OURS = 'https://w3id.org/redbag/StructureDefinition/';
const validator = createValidator();
const rules = readRules();

/** Rules that no instance can break, and why. */
const UNBREAKABLE: Readonly<Record<string, string>> = {
  'RedBag-AttachmentPages Extension.url fixed': 'its url is what makes it this extension',
};

/** Base rules that say the same of the same instance, so that they are broken with ours. */
const GOES_WITH: Readonly<Record<string, readonly string[]>> = {
  'RedBag-AttachmentPages Extension.extension max': ['ext-1', 'extension-unknown'],
  'RedBag-Document Bundle redbag-references': ['reference-resolves'],
  'RedBag-Document Bundle.entry.fullUrl min': ['bundle-full-url'],
};

/** How our validator names the rule. */
const RULE: Readonly<Record<Rule['kind'], readonly string[]>> = {
  min: ['cardinality-min'],
  max: ['cardinality-max', 'slice-max'],
  fixed: ['pattern', 'fixed'],
  type: ['type'],
  invariant: [],
};

const errorsOf = (resource: Loose): ValidationIssue[] =>
  validator.validate(resource).issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');

/** Rules of R4 that say the same fault: one fault is told once, and R4's own rule is what is told. */
const SAID_BY: Readonly<Record<string, string>> = {
  // An extension with neither value nor parts.
  'RedBag-AttachmentPages Extension.value[x] min': 'ext-1',
};

const isOf = (rule: Rule, issue: ValidationIssue): boolean =>
  issue.rule === SAID_BY[nameOf(rule)] ||
  (rule.kind === 'invariant'
    ? issue.rule === rule.key
    : RULE[rule.kind].includes(issue.rule) &&
      endsAlike(issue.definitionPath, pathOf(rule)) &&
      issue.source === `${OURS}${rule.profile}`);

/** An extension's own paths begin where it stands; a choice that is absent is named without [x]. */
function endsAlike(found: string, path: string): boolean {
  const bare = (p: string): string => p.replaceAll('[x]', '');
  return (
    bare(found) === bare(path) || bare(found).endsWith(bare(path).replace(/^Extension\./, '.extension.'))
  );
}

const told = (issues: readonly ValidationIssue[]): string[] =>
  issues.map((i) => `${i.rule} at ${i.definitionPath} (${i.expression}): ${i.message} [${i.source}]`);

const saved: object[] = [];
const kept = new Set<Loose>();
function save(resource: Loose, about: object): void {
  if (SAVE === undefined) return;
  mkdirSync(SAVE, { recursive: true });
  const file = `${String(saved.length).padStart(3, '0')}.json`;
  writeFileSync(join(SAVE, file), JSON.stringify(resource));
  saved.push({ file, ...about });
}

/** A valid instance of the rule's profile and the same one broken. */
function brokenBy(rule: Rule): { good: Loose; broken: Loose } | undefined {
  const breakage = breakageOf(rule);
  for (const good of breakage ? instancesOf(rule.profile) : []) {
    const broken = structuredClone(good);
    if (breakage?.(broken, rule)) return { good, broken };
  }
  return undefined;
}

t.test('the instances are good before they are broken, and every profile has one', (t) => {
  for (const document of documents) t.same(told(errorsOf(document)), []);
  for (const profile of profileIds()) t.ok(instancesOf(profile).length > 0, `${profile} has an instance`);
  t.end();
});

t.test('every profile that a document claims exists', (t) => {
  const claimed = documents
    .flatMap((d) => [d, ...d.entry.map((e: Loose) => e.resource)])
    .map((r) => r.meta.profile[0]);
  const known = new Set(profileIds().map((id) => `${OURS}${id}`));
  t.same(
    [...new Set(claimed)].filter((url) => !known.has(url)),
    [],
  );
  t.end();
});

t.test(`each of ${rules.length} rules is broken alone, and refused for it`, (t) => {
  for (const rule of rules) {
    const name = nameOf(rule);
    if (name in UNBREAKABLE) continue;
    const pair = brokenBy(rule);
    if (!pair) {
      t.fail(`${name}: no instance breaks it`);
      continue;
    }
    const errors = errorsOf(pair.broken);
    const others = errors.filter((e) => !isOf(rule, e) && !GOES_WITH[name]?.includes(e.rule));
    t.ok(
      errors.some((e) => isOf(rule, e)),
      `${name}: refused`,
      { found: told(errors) },
    );
    t.same(told(others), [], `${name}: and for nothing else`);
    if (!kept.has(pair.good)) save(pair.good, { good: true, profile: rule.profile });
    kept.add(pair.good);
    save(pair.broken, { good: false, ...rule, name });
  }
  if (SAVE !== undefined) writeFileSync(join(SAVE, 'index.json'), JSON.stringify(saved, null, 1));
  t.end();
});
