/**
 * Narratives: XHTML in which everything that was sent is escaped text.
 * https://hl7.org/fhir/R4/narrative.html
 */

/** A labelled value, or a labelled group of them. */
export interface NarrativeNode {
  readonly label: string;
  readonly value?: string;
  readonly children?: readonly NarrativeNode[];
}

/** Text for XHTML content: markup characters escaped, nothing else changed. */
export const escapeXml = (s: string): string => (MARKUP.test(s) ? escaped(s) : s);

const MARKUP = /[&<>"]/;
const escaped = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const div = (inner: string, language: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}">${inner}</div>`;

// Line breaks are content: the words of a person are not run together.
const lines = (s: string): string =>
  BREAK.test(s) ? s.split(BREAK).map(escapeXml).join('<br/>') : escapeXml(s);
const BREAK = /\r\n|\r|\n/;

function item(node: NarrativeNode): string {
  const label = `<b>${escapeXml(node.label)}</b>`;
  if (node.children) return `<li>${label}${list(node.children)}</li>`;
  return `<li>${label}: ${lines(node.value ?? '')}</li>`;
}

function list(nodes: readonly NarrativeNode[]): string {
  if (nodes.length === 0) return '';
  let items = '';
  for (const node of nodes) items += item(node);
  return `<ul>${items}</ul>`;
}

/** Narrative of labelled values; `lead` is a paragraph before them. Gives a Narrative with status `generated`. */
export function narrative(
  nodes: readonly NarrativeNode[],
  options: { lead?: string; language?: string } = {},
): { status: 'generated'; div: string } {
  const lead = options.lead === undefined ? '' : `<p>${lines(options.lead)}</p>`;
  const body = lead + list(nodes);
  return {
    status: 'generated',
    div: div(body === '' ? '<p>Nothing recorded.</p>' : body, options.language ?? 'en-GB'),
  };
}
