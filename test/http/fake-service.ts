import type { Issue } from '#src/intake/issue.js';
import type { BagState, RedBagService, RequestContext } from '#src/transfer/service-interface.js';

export const warning: Issue = { severity: 'warning', code: 'x', pointer: '/a', message: 'm', rule: 'r' };
export const error: Issue = { severity: 'error', code: 'y', pointer: '/b', message: 'm', rule: 'r' };

export const bag = (change: Partial<BagState> = {}): BagState => ({
  id: 'b1',
  packageId: 'p1',
  version: 1,
  status: 'delivering',
  issues: [warning],
  ...change,
});

export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly context: RequestContext;
}

/** Answers as told, and remembers how it was called. A function as answer is called; one that throws is a failure. */
export function fakeService(answers: Partial<Record<keyof RedBagService, unknown>> = {}) {
  const calls: Call[] = [];
  const service = new Proxy({} as RedBagService, {
    get: (_, name: keyof RedBagService & string) => {
      return async (...all: unknown[]) => {
        calls.push({ name, args: all.slice(0, -1), context: all.at(-1) as RequestContext });
        const answer = answers[name];
        return typeof answer === 'function' ? (answer as () => unknown)() : answer;
      };
    },
  });
  return { service, calls, answers };
}
