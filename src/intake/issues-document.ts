/** `docs/issues.md`, made from the table of issues so that the two never differ. */
import { type IssueEntry, SECTIONS } from './issues.js';

const FAULTS: Readonly<Record<IssueEntry['fault'], string>> = {
  software: 'the sending program',
  content: 'what a person typed',
  clinical: 'the papers',
  request: 'the request',
};

/** The whole document, Markdown. */
export function issuesDocument(): string {
  const sections = Object.entries(SECTIONS).filter(([, entries]) => Object.keys(entries).length > 0);
  return [
    '# Issues',
    '',
    'Everything that the service says about what was sent, with its stable code. Made from `src/intake/issues.ts` by',
    '`node scripts/issues-doc.mjs`; do not edit.',
    '',
    'An *error* refuses the package. Where *urgent* and *complete* differ, the mode of the package decides. What a',
    'person typed wrongly is carried in urgent mode as text, printed NOT UNDERSTOOD, and used for nothing.',
    '',
    ...sections.flatMap(([name, entries]) => section(name, entries)),
  ].join('\n');
}

function section(name: string, entries: Readonly<Record<string, IssueEntry>>): string[] {
  const rows = Object.entries(entries).map(([code, entry]) => {
    const cells = [
      `\`${code}\``,
      severity(entry),
      FAULTS[entry.fault],
      entry.sentence,
      entry.mend,
      entry.rule,
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return [
    `## ${name}`,
    '',
    '| Code | Severity | At fault | Says | How to mend it | Rule |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function severity({ severity: said }: IssueEntry): string {
  return typeof said === 'string' ? said : `${said.urgent} in urgent, ${said.complete} in complete`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
