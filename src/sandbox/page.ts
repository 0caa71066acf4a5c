/** The page a person looks at: what each pretend hospital received, as an EPR's list of e-documents would show it. */
import type { DocumentReference } from 'fhir/r4';
import type { ExampleHospital } from './faults.js';

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);

export interface Ward {
  readonly example: ExampleHospital;
  readonly documents: readonly DocumentReference[];
}

const STYLE = `body{font:16px/1.4 system-ui,sans-serif;margin:2rem;max-width:75rem}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #767676;padding:.35rem .6rem;text-align:left;vertical-align:top}caption{text-align:left;font-weight:bold;padding:1rem 0 .3rem}
.old td{color:#5a5a5a;text-decoration:line-through}.old td.plain{text-decoration:none}.mark{background:#ffef9e;padding:.5rem 1rem;border:1px solid #8a6d00}`;

const STATUS: Readonly<Record<string, string>> = {
  current: 'current',
  superseded: 'SUPERSEDED: a newer one replaces it',
  'entered-in-error': 'ENTERED IN ERROR: do not use',
};

/** An address only if it is one of this server's own documents. */
function link(base: string, url: string): string {
  const path = /^(Binary|Bundle)\/[A-Za-z0-9.-]{1,64}$/.exec(url)?.[0];
  return path === undefined ? 'no link' : `<a href="${escapeHtml(`${base}/${path}`)}">open</a>`;
}

function row(base: string, document: DocumentReference): string {
  const attachment = document.content[0]?.attachment;
  const type =
    document.type?.text ?? document.type?.coding?.[0]?.display ?? document.type?.coding?.[0]?.code ?? '';
  const subject = document.subject?.display ?? document.subject?.identifier?.value ?? '';
  const cells = [
    document.date ?? '',
    subject,
    attachment?.title ?? document.description ?? '',
    type,
    attachment?.contentType ?? '',
  ]
    .map((text) => `<td>${escapeHtml(text)}</td>`)
    .join('');
  const status = STATUS[document.status] ?? document.status;
  const old = document.status === 'current' ? '' : ' class="old"';
  return `<tr${old}>${cells}<td class="plain">${escapeHtml(status)}</td><td class="plain">${link(base, attachment?.url ?? '')}</td></tr>`;
}

function section({ example, documents }: Ward): string {
  const base = `/${example.odsCode}/fhir`;
  const body =
    documents.length === 0
      ? '<tr><td colspan="7">nothing received</td></tr>'
      : documents.map((document) => row(base, document)).join('');
  return `<table><caption>${escapeHtml(`${example.odsCode}: ${example.name}`)} (${escapeHtml(example.does)})</caption>
<thead><tr><th scope="col">Date</th><th scope="col">Patient</th><th scope="col">Title</th><th scope="col">Type</th><th scope="col">Format</th><th scope="col">Status</th><th scope="col">Document</th></tr></thead>
<tbody>${body}</tbody></table>`;
}

/** The whole page; hospitals with documents come first. All text that came from outside is escaped. */
export function renderPage(wards: readonly Ward[]): string {
  const order = [...wards].sort((a, b) => Number(b.documents.length > 0) - Number(a.documents.length > 0));
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Pretend hospital: e-documents received</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>
<h1>Pretend hospital: e-documents received</h1>
<p class="mark">DEMONSTRATION – NOT FOR CARE. The hospitals and their codes are made up.</p>
${order.map(section).join('\n')}</body></html>`;
}
