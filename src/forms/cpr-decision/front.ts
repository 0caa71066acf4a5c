/** What page one's safety strip takes from a CPR decision: the status with its statement, and the limits of treatment. */
import type { JsonObject } from '../../mapping/json.js';
import type { Group, Item, Told } from '../../print/front-words.js';
import { fromLine, fromLines } from '../page-items.js';
import { CPR_ONLY, INFORMATION_COPY } from './decision.js';
import { cprBanner, limits } from './page-one.js';

const ORIGINAL = `${INFORMATION_COPY} – look for the original: `;

/** Statements that begin with a label of ours. */
const LABELLED = /^(?:UNVERIFIED|This home \(|Another source \(|Whichever holds )/;

function statement(line: string): Told {
  if (line.startsWith(ORIGINAL)) return { lead: 'Look for the original', text: line.slice(ORIGINAL.length) };
  if (line !== CPR_ONLY && !LABELLED.test(line)) return { lead: '', text: line };
  const { lead = '', text } = fromLine(line, 1);
  return { lead, text };
}

/** Sentences run on; what stands under a label of its own begins a line. */
function statements(lines: readonly string[]): Item[] {
  const items: Item[] = [];
  for (const line of lines) {
    const said = statement(line);
    const last = items.at(-1);
    if (last === undefined || LABELLED.test(line)) items.push({ ...said, weight: 1 });
    else items[items.length - 1] = { ...last, lead: last.lead ?? '', more: [...(last.more ?? []), said] };
  }
  return items;
}

/** Status first; never a part of the statement, nor of the limits. */
export function cprGroups(decision: JsonObject, created: string): Group[] {
  const { title, lines } = cprBanner(decision, created);
  const limited = limits(decision);
  return [
    {
      title: title.startsWith('CPR') || title.startsWith('NO CPR') ? title : `CPR: ${title}`,
      whole: 'CPR decision: in full on',
      items: statements(lines),
    },
    ...(limited.length === 0
      ? []
      : [
          {
            whole: `${limited.length} limits of treatment: all on`,
            items: fromLines(limited, 1),
          },
        ]),
  ];
}
