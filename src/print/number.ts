/** A number as a PDF has it, with two places: no more is to be seen on a page. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
