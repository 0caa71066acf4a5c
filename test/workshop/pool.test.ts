/** Jobs in threads: limits, losses, order, questions, and how it closes. */
import t, { type Test } from 'tap';
import { type Job, JobLost, Pool, type PoolOptions } from '#src/workshop/pool.js';
import type { FaultyJob } from './faulty-thread.js';

const script = new URL('./faulty-thread.js', import.meta.url);

function open(t: Test, options: Partial<PoolOptions> = {}): Pool {
  const pool = new Pool({ script, threads: 1, queueLimit: 10, ...options });
  t.teardown(() => pool.close());
  return pool;
}

const job = (message: FaultyJob, more: Partial<Job> = {}): Job => ({
  message,
  size: 1,
  timeLimitMs: 60_000,
  ...more,
});
const echo = (say: unknown, more: Partial<Job> = {}): Job => job({ do: 'echo', say }, more);

t.test('a loss ends one job, says what was going on, and the next one is done', async (t) => {
  const pool = open(t, { memoryLimitMb: 64 });
  const faults = {
    hang: 'time-limit',
    exit: 'worker-stopped',
    throw: 'worker-stopped',
    memory: 'worker-stopped',
  } as const;
  for (const [fault, because] of Object.entries(faults)) {
    const lost = pool.run(job({ do: fault as keyof typeof faults }, { timeLimitMs: 3_000 }));
    await t.rejects(lost, { name: 'JobLost', because, stage: `doing ${fault}`, code: `job-${because}` });
    t.equal(await pool.run(echo('after')), 'after', `after ${fault}`);
  }
});

t.test('what a thread throws comes over with its name, place and whether it may be logged', async (t) => {
  const pool = open(t);
  const error = await pool.run(job({ do: 'fail' })).catch((e: unknown) => e);
  t.match(error, { name: 'TypeError', message: 'no such thing', safeToLog: true, code: 'no-such' });
  t.match((error as Error).stack, /faulty-thread/);
  t.equal(await pool.run(echo(1)), 1, 'the thread lives');
  await t.rejects(pool.run(echo(() => 1)), { name: 'DataCloneError' }, 'what cannot be sent is told');
  t.equal(await pool.run(echo(2)), 2);
});

t.test('a question in the middle of a job is answered by who gave it', async (t) => {
  const pool = open(t, { data: 'settings' });
  const answer = async (question: unknown) => ({ heard: question });
  t.same(await pool.run(job({ do: 'ask', say: 'which?' }, { answer })), { heard: 'which?' });
  const fails = async () => {
    throw new RangeError('the store is gone');
  };
  await t.rejects(pool.run(job({ do: 'ask' }, { answer: fails })), { name: 'RangeError' });
  t.same(await pool.run(job({ do: 'ask', say: 2 }, { answer })), { heard: 2 }, 'the thread is free again');
  t.equal(await pool.run(job({ do: 'data' })), 'settings', 'threads are told the settings');
});

t.test('threads that cannot start take a job each with them, and do not start for ever', async (t) => {
  const missing = open(t, { script: new URL('./no-such-script.js', import.meta.url), threads: 2 });
  const lost = await Promise.allSettled([1, 2, 3].map((n) => missing.run(echo(n))));
  t.ok(lost.every((l) => l.status === 'rejected' && l.reason instanceof JobLost));
  const silent = open(t, { data: 'never-ready', startLimitMs: 200 });
  await t.rejects(silent.run(echo(1)), { name: 'JobLost', because: 'time-limit' });
});

t.test('no more than so many jobs wait', async (t) => {
  const pool = open(t, { queueLimit: 2 });
  const taken = [
    pool.run(job({ do: 'hang' }, { timeLimitMs: 3_000 })).catch((e: unknown) => e),
    pool.run(echo(2)),
    pool.run(echo(3)),
  ];
  await t.rejects(pool.run(echo(4)), { name: 'PoolFull', code: 'workshop-full' });
  t.match(await Promise.all(taken), [{ because: 'time-limit' }, 2, 3], 'those taken are done');
  t.equal(await pool.run(echo(5)), 5, 'and there is room again');
});

t.test('small jobs do not wait behind large ones', async (t) => {
  const pool = open(t, { threads: 2 });
  await Promise.all([pool.run(echo(0)), pool.run(echo(0))]);
  const order: string[] = [];
  const run = async (name: string, size: number, what: FaultyJob['do'] = 'wait') => {
    await pool.run(job({ do: what }, { size }));
    order.push(name);
  };
  const large = [1, 2, 3].map((n) => run(`large ${n}`, 5_000_000));
  const small = [run('middle', 2), run('small', 1)];
  await Promise.all([...large, ...small]);
  t.equal(order.length, 5);
  t.ok(order.indexOf('small') < order.indexOf('large 2'), order.join(', '));
  t.ok(order.indexOf('middle') < order.indexOf('large 2'), order.join(', '));
});

t.test('a thread rehearses when there is nothing else to do', async (t) => {
  const rehearsal = { message: { do: 'exit' } satisfies FaultyJob, timeLimitMs: 60_000 };
  const pool = open(t, { rehearsal });
  pool.start();
  // The rehearsal brings its thread down: nobody asked for it, so nobody is told, and jobs are done all the same.
  t.equal(await pool.run(echo('asked')), 'asked');
});

t.test('closing finishes what was taken, as far as there is time, and takes no more', async (t) => {
  const pool = open(t);
  const taken = [pool.run(job({ do: 'wait', say: 1 })), pool.run(echo(2))];
  const closing = pool.close();
  await t.rejects(pool.run(echo(3)), { name: 'PoolClosed', code: 'workshop-closed' });
  t.same(await Promise.all(taken), [1, 2]);
  await closing;
  await pool.close();
  const hanging = open(t, { drainLimitMs: 100 });
  const never = [hanging.run(job({ do: 'hang' })), hanging.run(echo(1))];
  const told = Promise.allSettled(never);
  await hanging.close();
  for (const one of await told) t.match(one, { status: 'rejected', reason: { name: 'PoolClosed' } });
});
