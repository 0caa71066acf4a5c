/** Why we differ from the reference's stored outcome on a public case, by the case's name. */
export const EXPLAINED = {};
