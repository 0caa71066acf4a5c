/** Legal information on paper. An authorisation to deprive of liberty is for the care home only and does not travel. */
import type { FactRow, Field } from '../../print/press.js';
import type { Answers } from '../answers.js';
import { joined, personWords, plain, prefixed, row } from '../paper.js';

const DOLS_STAYS = 'For the care home only: it does NOT travel. The hospital needs its own authorisation.';

/** Takes the part `legal`; gives a row for each thing that was said. */
export function legalRows(legal: Answers): FactRow[] {
  const sharing = legal.part('sharing');
  const decided = joined([personWords(sharing.part('decidedBy')), sharing.say('decidedAt')]);
  const dols = legal.part('dols');
  const inForce = ['authorised', 'requested'].includes(String(dols.peek('status')));
  return [
    ...row(
      'Agreement to share',
      sharing.fields('consent', 'basis'),
      decided === '' ? [] : [{ label: 'Decided by', value: decided }],
      sharing.others(),
    ),
    ...row('Mental capacity', legal.list('capacityAssessments').map(assessment)),
    ...row('Attorneys, deputies', legal.list('attorneys').map(attorney)),
    ...row(
      'DoLS or equivalent',
      dols.fields('status'),
      plain(inForce ? DOLS_STAYS : undefined),
      dols.others(),
    ),
    ...row('Mental Health Act', legal.list('mentalHealthAct').map(section)),
    ...row('Advance decision', legal.part('advanceDecision').others()),
    ...row('Consent for treatment', legal.part('treatmentConsent').others()),
  ];
}

function assessment(one: Answers): Field {
  const outcome = one.say('outcome') ?? 'outcome not recorded';
  const by = prefixed('by', personWords(one.part('assessedBy')));
  const value = joined([one.say('decision'), one.say('on'), by, one.say('note'), located(one)], '; ');
  return value === '' ? { label: '', value: outcome } : { label: outcome, value };
}

function attorney(one: Answers): Field {
  const label = one.joined(['name', 'kind']);
  const registered = one.peek('registered') === 'yes' ? undefined : 'registration NOT CONFIRMED';
  const more = one.others().map(({ label: of, value }) => `${of.toLowerCase()}: ${value}`);
  return { label, value: joined([registered, ...more], '; ') };
}

function section(one: Answers): Field {
  const label = one.say('section') ?? '';
  const more = one.others().map(({ label: of, value }) => `${of.toLowerCase()} ${value}`);
  return more.length === 0 ? { label: '', value: label } : { label, value: joined(more, '; ') };
}

const located = (one: Answers): string | undefined => prefixed('document:', one.say('documentLocation'));
