/** The jobs of the workshop's threads, and what they answer. */
import type { MakingSettings } from '../maker.js';
import type { PrintOptions } from '../print/press.js';
import type { Made, Maker, NotMade, Order, Reprint } from '../transfer/making.js';
import type { Invalid } from '../transfer/service-interface.js';
import type { ValidateOptions } from '../validation/outcome.js';
import type { Loss } from './pool.js';

export type WorkshopJob =
  | {
      readonly kind: 'make';
      readonly bytes: Uint8Array;
      readonly at: string;
      /** How threads were lost over its pages: after one they are drawn without attachments, after two plainly. */
      readonly lost?: readonly Loss[];
    }
  /** Makes a bag for nobody, so that the code is loaded and compiled when the first one comes. */
  | { readonly kind: 'rehearse'; readonly bytes: Uint8Array }
  | { readonly kind: 'inspect'; readonly bytes: Uint8Array; readonly at: string }
  | {
      readonly kind: 'reprint';
      readonly version: Reprint;
      readonly options: PrintOptions;
      readonly lost?: readonly Loss[];
    }
  | { readonly kind: 'validate'; readonly resource: unknown; readonly options: ValidateOptions };

/** What the thread is told when it asks in the middle of `make` by an Offer. */
export type MakeReply = Order | { readonly instead: true };

export type MakeResult = Made | NotMade<true> | Invalid;
export type InspectResult = Awaited<ReturnType<Maker['inspect']>>;

/** The stage in which a loss is the press's: the bag is made all the same. */
export const PRINTING = 'printing';

/** What each thread is given when it starts. */
export interface ThreadData {
  readonly settings: MakingSettings;
}
