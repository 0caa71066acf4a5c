/** A thread that prints and does nothing else, for bench/print.mjs. */
import { warm } from '../../dist/print/core-font.js';
import { render } from '../../dist/print/render.js';
import { serve } from '../../dist/workshop/serve.js';

warm();
serve(async (document) => {
  const printed = await render(document);
  return { result: printed, transfer: [printed.pdf.buffer] };
});
