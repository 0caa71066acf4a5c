/**
 * Ends the process cleanly on SIGTERM, SIGINT (Ctrl-C) and SIGHUP. Under npm a Ctrl-C arrives twice, from the terminal
 * and from npm, which is why close-with-grace does not serve here: it takes the second for an order to end at once.
 */

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Two signals within this time are one. */
const SAME_MS = 1_000;

/**
 * @param close ends everything; what it throws is given to `failed`
 * @param limitMs how long it may take before the process ends regardless
 * @param failed told why the process ends with an error
 */
export function stopOnSignal(
  close: () => Promise<void>,
  limitMs: number,
  failed: (error: unknown) => void,
): void {
  let stoppingSince: number | undefined;
  const stop = (code: number): void => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > SAME_MS) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    const limit = setTimeout(() => {
      failed(new Error('closing took too long'));
      process.exit(1);
    }, limitMs);
    limit.unref();
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        failed(error);
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, () => stop(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      failed(error);
      stop(1);
    });
  }
}
