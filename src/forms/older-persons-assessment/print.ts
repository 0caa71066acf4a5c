/**
 * The assessment on paper: usual and now side by side, then each domain, then problems, scores and risks. Nothing is
 * said twice: page one has the short form.
 */
import { isObject, type JsonObject } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import { formatDay } from '../../print/format.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { everything, type Page } from '../page.js';
import { joined, notRecorded, plain, prefixed, recordedRow, row, rowsBlock } from '../paper.js';
import { domainRows, untoldDomains, usualAndNow } from './print-domains.js';
import { SCALES, type Scale } from './scales.js';
import { olderPersonsAssessment } from './schema.js';

const schema = olderPersonsAssessment as unknown as ObjectSchema;
const DAY = 86_400_000;

/** "Assessed on 3 May 2026, 203 days before this transfer". */
function freshness(paper: Answers, created: string): Block {
  const on = paper.peek('assessedOn');
  paper.say('assessedOn');
  if (typeof on !== 'string')
    return { kind: 'paragraph', text: 'Assessed: DATE NOT RECORDED', tone: 'attention' };
  const days = Math.floor((Date.parse(created.slice(0, 10)) - Date.parse(on)) / DAY);
  const ago =
    Number.isFinite(days) && days >= 0 ? `, ${days} ${days === 1 ? 'day' : 'days'} before this transfer` : '';
  return { kind: 'paragraph', text: `Assessed on ${formatDay(on)}${ago}`, tone: 'plain' };
}

/** A safeguarding part is marked so that whoever holds the page knows it is not for everybody. */
function safeguardingBlocks(data: JsonObject, paper: Answers): Block[] {
  const told = data['safeguarding'];
  const part = paper.part('safeguarding');
  const rows = row(
    'Safeguarding',
    part.fields('indicator', 'referredTo', 'reference', 'on', 'contact'),
    part.others(),
  );
  const warned = isObject(told) && told['indicator'] === true;
  const note: Block = {
    kind: 'paragraph',
    text: 'Safeguarding concern: do not leave this page with visitors.',
    tone: 'attention',
  };
  return [...(warned ? [note] : []), ...rowsBlock(rows)];
}

const problems = (paper: Answers): FactRow[] =>
  row(
    'Problems (SNOMED CT codes)',
    paper.list('problems').map((problem): Field => {
      const label = problem.say('name') ?? 'not named';
      const since = prefixed('since', problem.say('onset'));
      const words = joined([
        since,
        problem.say('status'),
        prefixed('code', problem.say('code')),
        problem.say('comment'),
      ]);
      return words === '' ? { label: '', value: label } : { label, value: words };
    }),
  );

/** A score with its band, date and maker: "6: living with moderate frailty, 28 October 2026, Dr Whitcombe". */
function scores(paper: Answers): FactRow[] {
  const scored = paper.part('scores');
  const names = Object.keys((schema.properties['scores'] as ObjectSchema).properties);
  const facts = names.flatMap((name): Field[] => {
    if (name === 'weightChange' || !isObject(scored.peek(name))) return [];
    const one = scored.part(name);
    const total = one.peek('total');
    const scale: Scale | undefined = (SCALES as Readonly<Record<string, Scale>>)[name];
    const band = typeof total === 'number' ? scale?.band?.(total) : undefined;
    const value = one.say('value') ?? joined([one.say('total'), one.say('version'), band]);
    const on = one.say('on') ?? 'date not recorded';
    return [{ label: scored.title(name), value: joined([value, on, one.say('by')], '; ') }];
  });
  return row(paper.title('scores'), facts, scored.fields('weightChange'));
}

/** What came along and what did not, apart: a hospital looks for the one and telephones for the other. */
function aids(paper: Answers): FactRow[] {
  const groups = new Map<string, string[]>();
  for (const aid of paper.list('aids')) {
    const label = whereWords(aid);
    const more = aid.joined(['description', 'dependence'], '; ');
    const words = `${aid.say('kind') ?? 'Aid'}${more === '' ? '' : ` (${more})`}`;
    groups.set(label, [...(groups.get(label) ?? []), words]);
  }
  return row(
    paper.title('aids'),
    [...groups].map(([label, words]) => ({ label, value: joined(words, '; ') })),
  );
}

/** Where an aid is; what was not said is not taken to have come along. */
function whereWords(aid: Answers): string {
  const [sent, words] = [aid.peek('withPerson'), aid.say('withPerson')];
  if (sent === true) return 'With the person';
  if (sent === false) return 'NOT with the person';
  return words === undefined ? 'Not recorded if with the person' : `With the person? ${words}`;
}

/** Each risk, alert or adjustment after its name, with what else was said of it. */
const named = (paper: Answers, list: string, name: string): FactRow[] =>
  row(
    paper.title(list),
    paper.list(list).map((thing): Field => {
      const label = thing.say(name) ?? '';
      const more = thing
        .others()
        .map((f) => (f.label === 'Detail' ? f.value : `${f.label.toLowerCase()} ${f.value}`));
      return more.length === 0 ? { label: '', value: label } : { label, value: joined(more, '; ') };
    }),
  );

/** "(from 4 September 2023 until 1 May 2026)" */
const between = (from: string | undefined, until: string | undefined): string | undefined => {
  const days = joined([prefixed('from', from), prefixed('until', until)], ' ');
  return days === '' ? undefined : `(${days})`;
};

const risks = (paper: Answers): FactRow[] =>
  row(
    paper.title('risks'),
    paper.list('risks').map((risk): Field => {
      const told = [
        risk.say('description'),
        prefixed('Precautions:', risk.say('precautions')),
        between(risk.say('start'), risk.say('end')),
      ];
      return { label: risk.say('kind') ?? 'Risk', value: joined(told, '; ') };
    }),
  );

/** The system by its name, with the address that was sent. */
const systemWords = (system: string | undefined): string | undefined =>
  system?.replace(/^https?:\/\/snomed\.info\/sct$/, 'SNOMED CT ($&)');

/** A code with its name and the system that it is of, in few words. */
function adjustments(paper: Answers): FactRow[] {
  const facts = paper.list('reasonableAdjustments').map((one): Field => {
    const label = one.say('adjustment') ?? '';
    const coding = one.part('coding');
    const code = joined([coding.joined(['code', 'display'], ' '), systemWords(coding.say('system'))]);
    const since = prefixed('since', one.say('date'));
    const value = joined([one.say('detail'), one.say('category'), prefixed('code', code), since], '; ');
    return value === '' ? { label: '', value: label } : { label, value };
  });
  return row(paper.title('reasonableAdjustments'), facts);
}

/** The assessment on paper. */
export const assessmentPage: Page = (data, { created }) => {
  const paper = new Answers(schema, data);
  const untold = untoldDomains(paper);
  return [
    freshness(paper, created),
    ...rowsBlock(row('Care needs', plain(paper.say('careNeedsSummary')))),
    ...safeguardingBlocks(data, paper),
    ...usualAndNow(paper),
    ...notRecorded(untold.length === 0 ? [] : [`usual and now of ${untold.join(', ')}`]),
    ...rowsBlock(
      named(paper, 'alerts', 'alert'),
      domainRows(paper),
      aids(paper),
      problems(paper),
      scores(paper),
      risks(paper),
      adjustments(paper),
      named(paper, 'impairments', 'kind'),
      row(
        'Also',
        paper.part('infection').others(),
        paper.fields('levelOfObservation', 'mobilityNeeds', 'otherRequirements'),
      ),
      recordedRow(paper),
    ),
    ...notRecorded(
      paper.missing(
        'careNeedsSummary',
        'aids',
        'scores',
        'risks',
        'infection',
        'alerts',
        'problems',
        'reasonableAdjustments',
      ),
    ),
    ...everything(schema, paper.left()),
  ];
};
