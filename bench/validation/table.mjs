/** Figures as they are printed. */

/** The time that this part of all were done within. */
export function at(times, part) {
  const sorted = [...times].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Prints rows, each called by one of its members. */
export function table(rows, name) {
  const shown = (value) =>
    typeof value === 'number' ? Number(value.toFixed(Math.abs(value) < 100 ? 2 : 0)) : value;
  const plain = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, shown(value)])),
  );
  if (name === undefined) console.table(plain);
  else console.table(Object.fromEntries(plain.map(({ [name]: called, ...row }) => [called, row])));
}
