/**
 * FSH of what the papers' schemas define: a CodeSystem and a ValueSet for each choice list, a Questionnaire for each
 * paper. https://hl7.org/fhir/uv/shorthand/reference.html
 */

import { REDBAG } from '../fhir/systems.js';
import { choiceLists } from '../forms/terminology.js';
import type { Node } from '../mapping/path.js';
import { homes, questionnaireItems } from '../mapping/questionnaire.js';
import { notUnderstoodItems } from '../transfer/not-understood.js';
import { documentedForms } from './forms.js';

const quoted = (s: string): string =>
  `"${s.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** Gives FSH files by name. */
export function generatedFsh(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, labels] of choiceLists(documentedForms.map((f) => f.schema)))
    files.set(`choice-${name}.fsh`, choiceList(name, labels));
  for (const form of documentedForms) {
    files.set(
      `questionnaire-${form.name}.fsh`,
      questionnaire(form.name, form.title, questionnaireItems(form.schema, homes(form.bindings))),
    );
  }
  files.set(
    'questionnaire-not-understood.fsh',
    questionnaire('not-understood', 'Values that were not understood', notUnderstoodItems),
  );
  return files;
}

function choiceList(name: string, labels: Readonly<Record<string, string>>): string {
  const title = name.replaceAll('-', ' ');
  const camel = name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase());
  return [
    `CodeSystem: ${camel}CodeSystem`,
    `Id: ${name}`,
    `Title: ${quoted(`Red Bag ${title}`)}`,
    `Description: ${quoted(`Choice list of the Red Bag papers: ${title}.`)}`,
    `* ^url = "${REDBAG}/CodeSystem/${name}"`,
    '* ^caseSensitive = true',
    ...Object.entries(labels).map(([code, label]) => `* #${code} ${quoted(label)}`),
    '',
    `ValueSet: ${camel}ValueSet`,
    `Id: ${name}`,
    `Title: ${quoted(`Red Bag ${title}`)}`,
    `Description: ${quoted(`All codes of the choice list: ${title}.`)}`,
    `* ^url = "${REDBAG}/ValueSet/${name}"`,
    `* include codes from system ${camel}CodeSystem`,
    '',
  ].join('\n');
}

function questionnaire(name: string, title: string, items: readonly Node[]): string {
  const lines = [
    `Instance: RedBag-${name}`,
    'InstanceOf: Questionnaire',
    'Usage: #definition',
    `Title: ${quoted(title)}`,
    `* url = "${REDBAG}/Questionnaire/RedBag-${name}"`,
    `* name = ${quoted(`RedBag${name.replaceAll(/(?:^|-)([a-z])/g, (_, c: string) => c.toUpperCase())}`)}`,
    `* title = ${quoted(title)}`,
    '* version = "0.1.0"',
    '* status = #draft',
    '* subjectType = #Patient',
  ];
  for (const [i, item] of items.entries()) lines.push(...itemLines(item, `item[${i}]`));
  return `${lines.join('\n')}\n`;
}

function itemLines(item: Node, path: string): string[] {
  const lines = [`* ${path}.linkId = ${quoted(String(item['linkId']))}`];
  if (item['definition'] !== undefined)
    lines.push(`* ${path}.definition = ${quoted(String(item['definition']))}`);
  for (const code of (item['code'] ?? []) as readonly Node[]) {
    lines.push(
      `* ${path}.code[+] = ${String(code['system'])}#${String(code['code'])} ${quoted(String(code['display']))}`,
    );
  }
  lines.push(`* ${path}.text = ${quoted(String(item['text']))}`, `* ${path}.type = #${String(item['type'])}`);
  if (item['repeats'] === true) lines.push(`* ${path}.repeats = true`);
  if (item['answerValueSet'] !== undefined)
    lines.push(`* ${path}.answerValueSet = ${quoted(String(item['answerValueSet']))}`);
  const inner = (item['item'] ?? []) as readonly Node[];
  for (const [i, below] of inner.entries()) lines.push(...itemLines(below, `${path}.item[${i}]`));
  return lines;
}
