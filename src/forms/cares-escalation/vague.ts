/**
 * Tells a reason that explains nothing from one that does. Studies of transfer letters name vague reasons as what is
 * missed most, so one is pointed out; it is never refused.
 */

/** What is written when nothing is said. */
const EMPTY_WORDS =
  /^(?:(?:is|feels?|feeling|generally|very|more|quite|a bit|just|looks?|seems?|resident|patient|pt|he|she|they)\s+)*(?:unwell|poorly|ill|sick|unwell again|not well|not right|sudden change|change|deteriorat(?:ed|ing|ion)|declin(?:e|ed|ing)|off (?:his |her |their )?legs|not (?:him|her|them)sel(?:f|ves)|acopia|collapse[ds]?|fall|fell|fallen|hospital(?: admission)?|admission|transfer|emergency|as discussed|see (?:notes?|above|below|attached)|n\/?a|none|tbc|unknown)$/i;

const SHORTEST = 20;

/** Takes the reason as written; true when it is too short or too general to act on. */
export function isVague(reason: string): boolean {
  const words = reason
    .replace(/\s+/g, ' ')
    .replace(/[.!?\s]+$/, '')
    .trim();
  return words.length < SHORTEST || EMPTY_WORDS.test(words);
}
