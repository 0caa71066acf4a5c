/**
 * Assessment scales that travel: bounds, bands and codes. Totals and bands only; the cards themselves belong to their
 * authors. Codes are the PRSB's and DB-J's as published; the bands are those of the scales' own publications.
 */

export interface Scale {
  readonly title: string;
  readonly minimum: number;
  readonly maximum: number;
  /** SNOMED CT of the score, and of the scale. */
  readonly score: string;
  readonly scale?: string;
  /** Words for a total, where the scale has bands. */
  readonly band?: (total: number) => string;
}

const CFS = [
  'very fit',
  'fit',
  'managing well',
  'living with very mild frailty',
  'living with mild frailty',
  'living with moderate frailty',
  'living with severe frailty',
  'living with very severe frailty',
  'terminally ill',
] as const;

const upTo =
  (bands: readonly (readonly [most: number, words: string])[], above: string) =>
  (total: number): string =>
    bands.find(([most]) => total <= most)?.[1] ?? above;

export const SCALES = {
  /** Clinical Frailty Scale (Rockwood), version 2. */
  clinicalFrailty: {
    title: 'Clinical Frailty Scale',
    minimum: 1,
    maximum: 9,
    score: '763264000',
    scale: '445414007',
    band: (total: number) => CFS[total - 1] ?? 'not on the scale',
  },
  /** Malnutrition Universal Screening Tool, BAPEN. */
  must: {
    title: 'MUST',
    minimum: 0,
    maximum: 6,
    score: '444297006',
    scale: '414648004',
    band: upTo(
      [
        [0, 'low risk'],
        [1, 'medium risk'],
      ],
      'high risk',
    ),
  },
  waterlow: {
    title: 'Waterlow',
    minimum: 0,
    maximum: 100,
    score: '201221000000101',
    scale: '278897004',
    band: upTo(
      [
        [9, 'below the risk threshold'],
        [14, 'at risk'],
        [19, 'high risk'],
      ],
      'very high risk',
    ),
  },
  abbeyPain: {
    title: 'Abbey Pain Scale',
    minimum: 0,
    maximum: 18,
    score: '770634001',
    scale: '763306003',
    band: upTo(
      [
        [2, 'no pain'],
        [7, 'mild pain'],
        [13, 'moderate pain'],
      ],
      'severe pain',
    ),
  },
  painad: { title: 'PAINAD', minimum: 0, maximum: 10, score: '1091141000000107', scale: '7121000122100' },
  fourAT: {
    title: '4AT',
    minimum: 0,
    maximum: 12,
    score: '1239211000000103',
    scale: '1239191000000102',
  },
  amts: {
    title: 'Abbreviated Mental Test Score',
    minimum: 0,
    maximum: 10,
    score: '446840000',
    scale: '273255001',
  },
  sixCit: { title: '6-CIT', minimum: 0, maximum: 28, score: '1085151000000108', scale: '1085141000000105' },
  mmse: {
    title: 'Mini-Mental State Examination',
    minimum: 0,
    maximum: 30,
    score: '447316007',
    scale: '273617000',
  },
  moca: {
    title: 'Montreal Cognitive Assessment',
    minimum: 0,
    maximum: 30,
    score: '859371000000106',
    scale: '859351000000102',
  },
} as const satisfies Record<string, Scale>;

export type ScaleName = keyof typeof SCALES;

/** Versions of the Barthel index: they count differently, so the total means nothing without its version. */
export const BARTHEL = {
  original: { label: 'Original (0 to 100)', score: '493451000000105', maximum: 100 },
  uk: { label: 'UK version (0 to 20)', score: '493441000000107', maximum: 20 },
  modified: { label: 'Modified (Shah, 0 to 100)', score: '443653008', maximum: 100 },
} as const;
export const BARTHEL_SCALE = '273302005';

/** A total with its band: "Clinical Frailty Scale 7: living with severe frailty". */
export function scoreWords(name: ScaleName, total: number): string {
  const scale: Scale = SCALES[name];
  const band = scale.band?.(total);
  return band === undefined ? `${scale.title} ${total}` : `${scale.title} ${total}: ${band}`;
}
