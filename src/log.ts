/** Structured logs without clinical content: errors are told by kind and place, requests by route and ids. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { describeError } from './http/errors.js';

/**
 * @param level pino's names
 * @param to default: standard output
 */
export function createLogger(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'redbag' },
    // What a library logs by itself must not bring a message, a URL or a header along.
    serializers: { err: describeError, error: describeError, req: () => undefined, res: () => undefined },
  };
  return to === undefined ? pino(options) : pino(options, to);
}
