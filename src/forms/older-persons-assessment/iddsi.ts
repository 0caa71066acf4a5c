/**
 * IDDSI: textures of food and thickness of drinks, apart, with number and words. https://www.iddsi.org/standards/framework
 * "Soft diet" and the old words for thickness are not levels: two homes mean different things by them (national safety
 * alert on "soft diet", https://www.cas.mhra.gov.uk/ViewandAcknowledgment/ViewAlert.aspx?AlertID=102767).
 */

export const FOOD_LEVELS = {
  '3': 'Level 3, liquidised',
  '4': 'Level 4, pureed',
  '5': 'Level 5, minced and moist',
  '6': 'Level 6, soft and bite-sized',
  '7-easy-to-chew': 'Level 7, easy to chew',
  '7-regular': 'Level 7, regular',
} as const;

export const DRINK_LEVELS = {
  '0': 'Level 0, thin',
  '1': 'Level 1, slightly thick',
  '2': 'Level 2, mildly thick',
  '3': 'Level 3, moderately thick',
  '4': 'Level 4, extremely thick',
} as const;

/** SNOMED CT of each level. Level 3 is one texture, whether it is called food or drink. */
export const FOOD_CODES: Readonly<Record<string, string>> = {
  '3': '1237444002',
  '4': '1237447009',
  '5': '1237448004',
  '6': '1237449007',
  '7-easy-to-chew': '1237450007',
  '7-regular': '1237451006',
};

export const DRINK_CODES: Readonly<Record<string, string>> = {
  '0': '1231508001',
  '1': '1237441005',
  '2': '1237442003',
  '3': '1237444002',
  '4': '1237446000',
};

const SOFT =
  /\bsoft(?:ened|er)?(?:[\s-]+\w+)?[\s-]+(?:diet|food|foods|meal|meals|option|options)\b|\bfork[\s-]?mash/i;
const OLD_THICKNESS =
  /\b(?:syrup|custard|pudding|nectar|honey)[\s-]+(?:thick(?:ness)?|consistency|like)\b|\b(?:stage|grade)[\s-]*(?:1|2|3|one|two|three)[\s-]+(?:fluids?|drinks?|thick\w*)\b|\bthickened (?:fluids?|drinks?)\b/i;

/** True for words that tell no level: "soft diet", "custard thick", "stage 2 fluids". */
export const isOldTexture = (words: string): boolean => SOFT.test(words) || OLD_THICKNESS.test(words);
