/** The domains of the assessment: usual and now side by side, then what else was said of each in running text. */
import type { Block, FactRow, Field } from '../../print/press.js';
import type { Answers } from '../answers.js';
import { joined, row } from '../paper.js';
import { woundRow } from '../skin-print.js';

/** In the order in which a ward asks; the parts of elimination stand for themselves. */
const DOMAINS = [
  'communication',
  'cognition',
  'mobility',
  'eatingAndDrinking',
  'elimination.toileting',
  'elimination.continence',
  'hygieneAndDressing',
  'skin',
  'behaviour',
  'sleep',
  'medicationManagement',
] as const;

const NOT_RECORDED = 'not recorded';

const inside = (paper: Answers, path: string): Answers =>
  path.split('.').reduce((part, name) => part.part(name), paper);

const state = (domain: Answers, name: 'usual' | 'now'): string => {
  const words = domain.part(name).joined(['capability', 'description'], '. ');
  return words === '' ? NOT_RECORDED : words;
};

/** Usual beside now, a row for each domain of which either was said: the difference is what the ward looks for. */
export function usualAndNow(paper: Answers): Block[] {
  const rows = DOMAINS.flatMap((path) => {
    const domain = inside(paper, path);
    const states = [state(domain, 'usual'), state(domain, 'now')];
    return states.every((words) => words === NOT_RECORDED) ? [] : [[paper.title(path), ...states]];
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Usual self, and now',
      rowHeads: true,
      narrow: true,
      columns: [
        { title: 'Domain', share: 3 },
        { title: 'Usual', share: 6 },
        { title: 'Now', share: 6 },
      ],
      rows,
    },
  ];
}

/** Domains of which neither the usual state nor the one now was said. */
export const untoldDomains = (paper: Answers): string[] =>
  DOMAINS.filter((path) => {
    const domain = inside(paper, path);
    return domain.peek('usual') === undefined && domain.peek('now') === undefined;
  }).map((path) => paper.title(path).toLowerCase());

/** What else was said of each domain. */
export function domainRows(paper: Answers): FactRow[] {
  const elimination = paper.part('elimination');
  return [
    ...eatingRow(paper.part('eatingAndDrinking')),
    ...others(paper, 'communication'),
    ...others(paper, 'cognition'),
    ...others(paper, 'mobility'),
    ...row(
      'Bowels and bladder',
      elimination.fields('urination', 'equipment'),
      elimination.part('bowels').others(),
      device(elimination, 'catheter'),
      device(elimination, 'stoma'),
      elimination.part('toileting').others(),
      elimination.part('continence').others(),
    ),
    ...others(paper, 'hygieneAndDressing'),
    ...skinRows(paper.part('skin')),
    ...others(paper, 'behaviour'),
    ...others(paper, 'sleep'),
    ...others(paper, 'medicationManagement'),
  ];
}

const others = (paper: Answers, name: string): FactRow[] => row(paper.title(name), paper.part(name).others());

/** What is dangerous first. */
const eatingRow = (eating: Answers): FactRow[] =>
  row(
    'Eating and drinking',
    eating.fields('chokingRisk', 'foodLevel', 'drinkLevel'),
    levelsSet(eating),
    eating.fields('swallowing'),
    eating.others(),
  );

const levelsSet = (eating: Answers): Field[] => {
  const value = eating.joined(['levelsSetBy', 'levelsSetOn']);
  return value === '' ? [] : [{ label: 'Levels recommended by', value }];
};

/** "Catheter: No"; or yes with all that was said of it. */
const device = (elimination: Answers, name: string): Field[] => {
  const part = elimination.part(name);
  const present = part.say('present');
  const more = part.others().map(({ label, value }) => `${label.toLowerCase()} ${value}`);
  const value = joined([present, ...more]);
  return value === '' ? [] : [{ label: elimination.title(name), value }];
};

const skinRows = (skin: Answers): FactRow[] => {
  const wounds = skin.list('wounds').flatMap((wound, i, all) => woundRow(wound, i, all.length));
  return [
    ...row(
      'Skin',
      skin.fields('integrity', 'canAlterPosition', 'risks', 'history', 'treatment', 'circulation'),
    ),
    ...wounds,
  ];
};
