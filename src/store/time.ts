/** Milliseconds of an ISO instant; refuses what is not one, because NaN would sort nowhere. */
export function toMs(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new TypeError('not an instant');
  return ms;
}

export const toIso = (ms: number): string => new Date(ms).toISOString();
