/**
 * Number and unit never stand on two lines: "5" at the end of one and "mg" on the next has been read as another dose
 * (cas.mhra.gov.uk AlertID=101416 and the Microsoft Common UI guidance on medication lines).
 */
const NUMBER_AND_UNIT =
  /(\d) (?=(?:%|°C?|(?:micrograms?|milligrams?|nanograms?|kilograms?|grams?|mcg|mg|kg|ng|g|millilitres?|litres?|m[lL]|[lL]|international units|units?|IU|mmol|mol|mmHg|kPa|bpm|cm|mm|m|tablets?|capsules?|puffs?|drops?|patch(?:es)?|sachets?|hours?|h|minutes?|min|days?|weeks?|months?|years?)(?![\p{L}\p{N}])))/gu;
const DAY_AND_MONTH =
  /(\d) ((?:January|February|March|April|May|June|July|August|September|October|November|December)\b)(?: (?=\d{4}\b))?/g;
const NHS_NUMBER = /\b(\d{3}) (\d{3}) (\d{4})\b/g;
/** As British numbers are written: 0113 496 0101, 07700 900117. */
const TELEPHONE = /(?<!\d)(0\d{2,4}) (\d{3,6})(?: (\d{3,4}))?(?!\d)/g;
/** A quick look before three slow ones. */
const HAS_BOTH = /\d /;
const NO_BREAK = '\u00a0';

/** Keeps a number with its unit, a day with its month, an NHS number and a telephone number together on one line. */
export function glue(text: string): string {
  if (!HAS_BOTH.test(text)) return text;
  return text
    .replace(NUMBER_AND_UNIT, `$1${NO_BREAK}`)
    .replace(DAY_AND_MONTH, (match) => match.replaceAll(' ', NO_BREAK))
    .replace(TELEPHONE, (match) => match.replaceAll(' ', NO_BREAK))
    .replace(NHS_NUMBER, `$1${NO_BREAK}$2${NO_BREAK}$3`);
}
