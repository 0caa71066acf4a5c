/** Finds the name that was probably meant: case, separators, a swapped, missing or doubled letter. */

const LONGEST = 60;

/** The one of `known` that `written` is a slip of, or undefined when none is near. */
export function likelyName(written: string, known: Iterable<string>): string | undefined {
  if (written.length > LONGEST) return undefined;
  const plain = plainName(written);
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const target = plainName(name);
    const distance = editDistance(plain, target);
    if (distance > allowed(Math.max(plain.length, target.length))) continue;
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best?.name;
}

/** One slip in a short name, two in one of six letters, three in one of nine or more. */
function allowed(length: number): number {
  return Math.min(3, Math.floor(length / 3));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_ .]/g, '');
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
