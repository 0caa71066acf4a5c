/** Counts checks, prints what failed, and ends a conformance script with `N passed, N failed`. */

let passed = 0;
let failed = 0;

/** One check. `detail` is printed when it failed; a function is only called then. @returns `good` */
export function check(good, name, detail) {
  if (good) passed++;
  else {
    failed++;
    const said = typeof detail === 'function' ? detail() : detail;
    console.log(`not ok: ${name}${said === undefined ? '' : `\n${indented(said)}`}`);
  }
  return good;
}

/** A part that may throw; what it throws is a failed check. */
export async function part(name, work) {
  const start = performance.now();
  try {
    await work();
    console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  } catch (error) {
    check(false, name, error instanceof Error ? error.stack : String(error));
  }
}

/** Prints the last line and ends the process, and what it left running: 1 when anything failed or nothing was checked. */
export function end() {
  if (passed + failed === 0) check(false, 'something was checked');
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

const indented = (value) =>
  (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).replace(/^/gm, '    ');
