/** The two databases served by one repository. */
export type Flavour = 'sqlite' | 'postgres';
