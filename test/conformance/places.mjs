/** Whether two validators speak of the same element, though they write FHIRPath differently. */

// `Bundle.entry[0].resource/*Patient/1*/.name[0].ofType(x)` as its steps, an index 0 left out.
function steps(expression) {
  return expression
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\.(ofType|as)\([^)]*\)/g, '')
    .replace(/\.extension\('[^']*'\)/g, '.extension')
    .replace(/\[x\]/g, '')
    .split('.')
    .map((step) => step.replace('[0]', ''));
}

/** True when one is the other, its parent or its child. */
export function isNear(left, right) {
  const [shorter, longer] = [steps(left), steps(right)].sort((a, b) => a.length - b.length);
  return longer.length - shorter.length <= 1 && shorter.every((step, index) => step === longer[index]);
}
