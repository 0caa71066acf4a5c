/** The whole service as a program: what `npm start` and `redbag serve` run. */
import { assemble } from './assemble.js';
import { serve } from './server.js';

/** Starts by the environment and serves until a signal ends the process. */
export const main = (): Promise<void> => serve(assemble);
