/**
 * `npm start`: sets up what is missing, then serves in this very process, so that a signal to it reaches the service
 * whichever way it comes. For a service manager: `node scripts/start.mjs`.
 */
import { build } from './build.mjs';
import { setup } from './setup.mjs';

await setup();
await build();
const { main } = await import('../dist/main.js');
await main();
