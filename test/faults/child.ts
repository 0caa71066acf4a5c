/**
 * The process that the fault tests kill: `child.js deliver STORE SANDBOX` works through the outbox,
 * `child.js accept STORE` accepts bags and says each one that was acknowledged.
 */
import { createFhirRest } from '#src/delivery/fhir-rest.js';
import { readHospitals } from '#src/delivery/hospitals.js';
import { createWorker } from '#src/delivery/worker.js';
import { demonstrationHospitals } from '#src/sandbox/faults.js';
import { openStore } from '#src/store/open.js';
import { deliver, sample } from '../store/samples.js';

const [, , mode, url = '', sandbox = ''] = process.argv;
const store = await openStore({ url });

if (mode === 'deliver') {
  const worker = createWorker({
    store,
    hospitals: readHospitals(demonstrationHospitals(sandbox)),
    dialects: { 'fhir-rest': createFhirRest() },
    retry: { firstDelayMs: 5, longestDelayMs: 50, giveUpAfterMs: 600_000 },
    pollMs: 10,
    attemptMs: 1_000,
    leaseMarginMs: 50,
  });
  worker.start();
} else {
  for (;;) {
    const s = sample();
    await store.create(s.bag, s.version(1), deliver(1, 'XRB01', 'XRB02'));
    process.stdout.write(`${s.id}\n`);
  }
}
