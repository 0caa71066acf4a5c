/** A thread of the workshop, with forms, validator and fonts of its own. */
import { workerData } from 'node:worker_threads';
import { redBagMaking } from '../maker.js';
import { warm } from '../print/core-font.js';
import { render } from '../print/render.js';
import { createValidator } from '../validation/validator.js';
import type { ThreadData, WorkshopJob } from './jobs.js';
import { serve } from './serve.js';
import { createWork } from './work.js';

const { settings } = workerData as ThreadData;
const work = createWork({ ...redBagMaking(settings), validator: createValidator(), print: render });
warm();
serve((job, desk) => work(job as WorkshopJob, desk));
