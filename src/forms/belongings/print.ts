import type { ObjectSchema } from '../../mapping/schema.js';
import { everything, type Page } from '../page.js';
import { belongings } from './schema.js';

/** The checklist: bag, items, handovers. */
export const belongingsPage: Page = (data) => everything(belongings as unknown as ObjectSchema, data);
