/** Allergies on the record's own page, each with all that was said of it; contradictions in words. */
import { isObject, type JsonObject, member } from '../../mapping/json.js';
import type { Block } from '../../print/press.js';
import type { Answers } from '../answers.js';
import { after } from '../joined.js';
import { joined, prefixed } from '../paper.js';
import { allergyEntries, allergyState, isActive } from './allergies.js';

/** What must be seen first. "No known allergies" never stands plain beside an allergy that holds. */
export function allergyBanner(shared: Answers, data: JsonObject): Block {
  const found = member(data, 'shared.allergies');
  const sent = isObject(found) ? found : {};
  const state = allergyState(sent);
  const allergies = shared.part('allergies');
  const ticked = allergies.say('state');
  const entries = allergies.list('entries').map((entry, i) => line(entry, allergyEntries(sent)[i] ?? {}));
  const contradicted = sent['state'] === 'none-known' && state === 'known';
  return {
    kind: 'banner',
    title:
      contradicted || ticked === undefined
        ? 'Allergies and adverse reactions'
        : `Allergies and adverse reactions: ${ticked}`,
    lines: [
      ...(state === 'known' || state === 'none-known' ? [] : [LACKING[state]]),
      ...entries,
      ...(contradicted ? [contradiction(ticked)] : []),
    ],
    tone: state === 'none-known' ? 'plain' : 'danger',
  };
}

const LACKING = {
  'known-not-listed': 'Allergies: KNOWN BUT NOT LISTED. Ask the home.',
  'not-recorded': 'Allergies: NOT RECORDED. Absent is not "none": ask.',
} as const;

const contradiction = (ticked: string | undefined): string =>
  `WARNING, CONTRADICTORY: the home also ticked "${ticked}". What is listed above is taken to hold: ask the home.`;

/** Agent, reaction, severity, date (NICE CG183 1.2.2); then what limits it and where it is known from. */
function line(entry: Answers, sent: JsonObject): string {
  const agent = entry.part('agent');
  const name = agent.say('text') ?? 'agent not understood';
  const code = prefixed('SNOMED CT code', agent.say('code'));
  const told = [
    entry.say('reaction') ?? 'reaction not recorded',
    entry.say('severity') ?? 'severity not recorded',
    prefixed('first experienced', entry.say('date')) ?? 'date not recorded',
    entry.say('kind'),
    entry.say('certainty'),
    entry.say('status'),
    prefixed('source:', entry.say('source')),
    entry.say('comment'),
    code,
  ];
  return `${isActive(sent) ? '' : 'DOES NOT HOLD: '}${after(name, joined(told, '; '))}`;
}
