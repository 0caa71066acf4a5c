/** Why we differ from the reference's stored outcome on a public case, by the case's name. */
export const EXPLAINED = {};

/** The same for the examples of UK Core and MHD, by file name. */
export const EXPLAINED_EXAMPLES = {};
