/** Charts for the tests: one with a little of everything, and one of a single medicine. */

/** A chart's own key. */
export const KEY = [
  { letter: 'G', meaning: 'Given', outcome: 'given' },
  { letter: 'R', meaning: 'Refused', outcome: 'refused' },
  { letter: 'H', meaning: 'Hospital or leave', outcome: 'away' },
  { letter: 'O', meaning: 'Out of stock', outcome: 'out-of-stock' },
  { letter: 'Z', meaning: 'Stopped: reaction', outcome: 'reaction' },
  { letter: 'N', meaning: 'See notes', outcome: 'said-with-dose' },
];
export const CREATED = '2026-11-22T03:20:00+00:00';

/** A dose entered at its slot, in winter time. */
export const entry = (day: string, clock: string, letter = 'G', more: object = {}): object => ({
  scheduledFor: `${day}T${clock}:00Z`,
  at: `${day}T${clock}:00Z`,
  letter,
  ...more,
});

export const MADOPAR = {
  name: 'Co-beneldopa',
  dmdCode: '39732311000001104',
  strength: '25 mg/100 mg',
  form: 'capsules',
  kinds: ['regular', 'time-critical'],
  status: 'active',
  doseText: 'ONE capsule FIVE times a day',
  dose: {
    quantity: 1,
    unit: 'capsule',
    times: [
      { clock: '07:00' },
      { clock: '11:00' },
      { clock: '15:00' },
      { clock: '19:00' },
      { clock: '23:00' },
    ],
    frequency: { times: 5, period: 1, periodUnit: 'd' },
  },
  route: { text: 'Oral', code: '26643006' },
  indication: "Parkinson's disease",
  timeCritical: { withinMinutes: 30, why: 'Freezes and cannot swallow when late.' },
  startDate: '2025-01-10',
  administrations: [
    entry('2026-11-21', '07:00'),
    entry('2026-11-21', '11:00'),
    entry('2026-11-21', '15:00', 'R', { reason: 'Too sleepy to swallow', by: 'A. Boateng' }),
    entry('2026-11-21', '19:00', 'G', { at: '2026-11-21T19:12:00Z', given: { amount: 1, unit: 'capsule' } }),
  ],
};

export const BETTYS = {
  chartKey: KEY,
  charts: { number: 1, of: 2 },
  recordStartsAt: '2026-11-21T00:00:00Z',
  recordEndsAt: '2026-11-22T03:12:00Z',
  leftHomeAt: '2026-11-22T03:18:00Z',
  whoAdministers: 'staff',
  support: 'On a spoon with yoghurt, knows that it is medicine.',
  weight: { kilograms: 48.5, measuredOn: '2026-11-14' },
  medicines: [
    MADOPAR,
    {
      name: 'Paracetamol 500 mg tablets',
      kinds: ['when-required'],
      status: 'active',
      doseText: 'ONE or TWO tablets when required',
      dose: { quantity: 1, most: 2, unit: 'tablet' },
      whenRequired: {
        reason: 'Hip pain',
        signs: 'Rubs hip',
        minimumIntervalHours: 4,
        maximumIn24Hours: { amount: 8, unit: 'tablets' },
        canAsk: 'no',
        alternatives: 'Warm pack',
        reviewOn: '2027-01-01',
      },
      administrations: [
        { at: '2026-11-21T22:10:00Z', letter: 'G', given: { amount: 2, unit: 'tablet' }, by: 'AB' },
      ],
    },
    {
      name: 'Methotrexate 2.5 mg tablets',
      kinds: ['regular'],
      status: 'active',
      doseText: 'FOUR tablets ONCE A WEEK',
      dose: {
        quantity: 4,
        unit: 'tablet',
        times: [{ clock: '09:00' }],
        weekdays: ['thu'],
        frequency: { times: 1, period: 1, periodUnit: 'wk' },
      },
      monitoring: 'Blood count monthly',
    },
    {
      name: 'Buprenorphine 5 micrograms/hour patch',
      kinds: ['patch', 'controlled-drug'],
      status: 'active',
      doseText: 'ONE patch every 7 days',
      patch: {
        site: 'Left upper arm',
        appliedAt: '2026-11-18T09:00:00Z',
        dueOffAt: '2026-11-25T09:00:00Z',
        numberOnSkin: 2,
        oldOneRemoved: 'no',
      },
      controlledDrug: { schedule: '3', witness: 'C. Diaz', balance: { amount: 3, unit: 'patches' } },
    },
    {
      name: 'Emollient cream',
      kinds: ['topical', 'covert'],
      status: 'on-hold',
      doseText: 'Apply twice a day',
      topical: { site: 'Both lower legs', bodyMap: 'body-map', openedOn: '2026-11-01' },
      covert: {
        bestInterestsDate: '2026-06-01',
        decidedBy: 'Dr Patel',
        plan: 'In yoghurt',
        reviewOn: '2026-12-01',
      },
    },
  ],
  notOnThisChart: {
    anything: 'yes',
    givenByOthers: [
      {
        by: 'district-nurse',
        name: 'Insulin glargine',
        doseText: '18 units in the morning',
        timeCritical: true,
        lastGiven: '2026-11-21T08:20:00Z',
        nextDue: '2026-11-22T08:30:00Z',
        contact: 'District nurses 0161 496 0001',
      },
      {
        by: 'palliative-team',
        name: 'Syringe driver',
        syringeDriver: {
          contents: [
            { name: 'Morphine', amount: '10 mg' },
            { name: 'Midazolam', amount: '5 mg' },
          ],
          rate: '0.7 ml/hour',
          startedAt: '2026-11-21T14:00:00Z',
          endsAt: '2026-11-22T14:00:00Z',
          site: 'Right chest wall',
        },
      },
      { by: 'ambulance', name: 'Oramorph', doseText: '2.5 mg once', lastGiven: '2026-11-22T03:10:00Z' },
    ],
  },
  changes: {
    any: 'yes',
    list: [
      { medicine: 'Amlodipine', change: 'discontinued', on: '2026-11-15', reason: 'Low blood pressure' },
    ],
  },
  medicinesInBag: [{ name: 'Co-beneldopa', quantity: 40, unit: 'capsules', expires: '2027-03' }],
  recorded: { at: CREATED, by: { name: 'Ama Boateng', role: 'Night care worker' } },
};

/** A chart of one medicine. */
export const one = (medicine: object, more: object = {}): object => ({
  chartKey: KEY,
  recordEndsAt: '2026-11-22T03:12:00Z',
  notOnThisChart: { anything: 'no' },
  medicines: [
    {
      name: 'Aspirin 75 mg tablets',
      kinds: ['regular'],
      status: 'active',
      doseText: 'ONE each day',
      ...medicine,
    },
  ],
  ...more,
});
