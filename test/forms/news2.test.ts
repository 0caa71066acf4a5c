import t from 'tap';
import { type News2Input, news2, READINGS } from '#src/forms/cares-escalation/news2.js';

/** Every reading where it scores nothing. */
const WELL: News2Input = {
  respiration: 16,
  spo2: 97,
  scale: 1,
  oxygen: 'air',
  systolic: 120,
  pulse: 70,
  consciousness: 'alert',
  temperature: 37,
};

/** Value and points at both sides of each boundary of the chart. */
const CELLS = {
  respiration: [
    [0, 3],
    [8, 3],
    [9, 1],
    [11, 1],
    [12, 0],
    [20, 0],
    [21, 2],
    [24, 2],
    [25, 3],
    [60, 3],
  ],
  systolic: [
    [0, 3],
    [90, 3],
    [91, 2],
    [100, 2],
    [101, 1],
    [110, 1],
    [111, 0],
    [219, 0],
    [220, 3],
    [300, 3],
  ],
  pulse: [
    [0, 3],
    [40, 3],
    [41, 1],
    [50, 1],
    [51, 0],
    [90, 0],
    [91, 1],
    [110, 1],
    [111, 2],
    [130, 2],
    [131, 3],
    [220, 3],
  ],
  temperature: [
    [30, 3],
    [35, 3],
    [35.1, 1],
    [36, 1],
    [36.1, 0],
    [38, 0],
    [38.1, 1],
    [39, 1],
    [39.1, 2],
    [42, 2],
  ],
} as const;

t.test('AT-24: every cell of the NEWS2 chart', (t) => {
  for (const [reading, cells] of Object.entries(CELLS)) {
    for (const [value, points] of cells) {
      const score = news2({ ...WELL, [reading]: value });
      t.equal(score.points[reading as keyof typeof CELLS], points, `${reading} ${value}`);
      t.equal(score.total, points, `${reading} ${value}: the only points of the total`);
    }
  }
  for (const [spo2, points] of [
    [70, 3],
    [91, 3],
    [92, 2],
    [93, 2],
    [94, 1],
    [95, 1],
    [96, 0],
    [100, 0],
  ] as const) {
    for (const oxygen of ['air', 'oxygen'] as const) {
      const score = news2({ ...WELL, spo2, oxygen });
      t.equal(score.points.spo2, points, `scale 1, ${spo2} on ${oxygen}`);
      t.equal(score.points.oxygen, oxygen === 'oxygen' ? 2 : 0);
    }
  }
  const scale2 = [
    [70, 3, 3],
    [83, 3, 3],
    [84, 2, 2],
    [85, 2, 2],
    [86, 1, 1],
    [87, 1, 1],
    [88, 0, 0],
    [92, 0, 0],
    [93, 0, 1],
    [94, 0, 1],
    [95, 0, 2],
    [96, 0, 2],
    [97, 0, 3],
    [100, 0, 3],
  ] as const;
  for (const [spo2, onAir, onOxygen] of scale2) {
    t.equal(news2({ ...WELL, scale: 2, spo2, oxygen: 'air' }).points.spo2, onAir, `scale 2, ${spo2} on air`);
    t.equal(
      news2({ ...WELL, scale: 2, spo2, oxygen: 'oxygen' }).points.spo2,
      onOxygen,
      `scale 2, ${spo2} on oxygen`,
    );
  }
  for (const [consciousness, points] of [
    ['alert', 0],
    ['usual-confusion', 0],
    ['new-confusion', 3],
    ['voice', 3],
    ['pain', 3],
    ['unresponsive', 3],
  ] as const) {
    t.equal(news2({ ...WELL, consciousness }).points.consciousness, points, consciousness);
  }
  t.end();
});

t.test('a reading between two cells takes the higher points', (t) => {
  const between = {
    respiration: [
      [8.5, 3],
      [11.5, 1],
      [20.5, 2],
      [24.5, 3],
    ],
    temperature: [
      [35.05, 3],
      [36.05, 1],
      [38.05, 1],
      [39.05, 2],
    ],
  } as const;
  for (const [reading, cells] of Object.entries(between)) {
    for (const [value, points] of cells) {
      t.equal(
        news2({ ...WELL, [reading]: value }).points[reading as keyof typeof between],
        points,
        `${reading} ${value}`,
      );
    }
  }
  t.end();
});

t.test('AT-24: totals from 0 to 20, and their thresholds', (t) => {
  t.match(news2(WELL), { total: 0, atLeast: 0, risk: 'low', missing: [] });
  const worst = news2({
    respiration: 30,
    spo2: 80,
    scale: 1,
    oxygen: 'oxygen',
    systolic: 80,
    pulse: 140,
    consciousness: 'unresponsive',
    temperature: 34,
  });
  t.match(worst, { total: 20, risk: 'high' });
  t.equal(news2({ ...WELL, respiration: 22, pulse: 120 }).risk, 'low', '4 without a 3');
  t.equal(news2({ ...WELL, respiration: 25 }).risk, 'low-medium', '3 in one reading');
  t.match(news2({ ...WELL, respiration: 22, pulse: 115, temperature: 38.5 }), { total: 5, risk: 'medium' });
  t.match(news2({ ...WELL, respiration: 22, pulse: 115, temperature: 39.5 }), { total: 6, risk: 'medium' });
  t.match(news2({ ...WELL, respiration: 25, pulse: 115, temperature: 39.5 }), { total: 7, risk: 'high' });
  t.end();
});

t.test('AT-47: one reading missing and there is no total, whichever it is', (t) => {
  for (const reading of READINGS) {
    const { [reading]: _, ...rest } = WELL;
    const score = news2({
      ...rest,
      consciousness: reading === 'consciousness' ? undefined : 'voice',
    } as News2Input);
    t.notOk('total' in score, reading);
    t.same(score.missing, [reading]);
    t.equal(score.atLeast, reading === 'consciousness' ? 0 : 3);
  }
  t.end();
});

t.test('AT-47: on scale 2 a high saturation is not scored while nobody says whether on oxygen', (t) => {
  const { oxygen: _, ...rest } = WELL;
  const score = news2({ ...rest, scale: 2, spo2: 97 });
  t.notOk('total' in score);
  t.equal(score.points.spo2, undefined);
  t.same(score.missing, ['oxygen']);
  t.equal(news2({ ...rest, scale: 2, spo2: 84 }).atLeast, 2, 'a low one scores on either');
  t.end();
});
