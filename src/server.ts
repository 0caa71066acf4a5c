/**
 * Starts the service and stops it: store, delivery worker, HTTP, and in the demonstration the pretend hospital beside
 * it. Stops in the other order: no new requests, deliveries on their way written down, the store last.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { AccessControl } from './access/access.js';
import { openAccess } from './access/open.js';
import { sharedToken } from './access/shared-token.js';
import { type AppOptions, buildApp } from './app.js';
import { type Config, ConfigInvalid, readConfig, type TerminologySettings } from './config.js';
import type { MakeArchive } from './delivery/archive.js';
import { createFhirRest } from './delivery/fhir-rest.js';
import { type Hospitals, HospitalsInvalid, readHospitals } from './delivery/hospitals.js';
import { createWorker, type DeliveryWorker } from './delivery/worker.js';
import { greeting } from './greeting.js';
import { describeError } from './http/errors.js';
import { createLogger } from './log.js';
import { buildSandbox, type Sandbox } from './sandbox/app.js';
import { demonstrationHospitals } from './sandbox/faults.js';
import { stopOnSignal } from './stop.js';
import { openStore } from './store/open.js';
import type { Store } from './store/store.js';
import { VERSION } from './version.js';

export interface Running {
  readonly url: string;
  /** Address of the pretend hospital's page, in the demonstration. */
  readonly sandboxUrl?: string;
  close(): Promise<void>;
}

/** What the forms, the document, the validator and the press make together; put together by `assemble.ts`. */
export interface Assembly extends Pick<AppOptions, 'service' | 'packages'> {
  /** The hospital's side, for `/fhir`. */
  readonly hospital?: NonNullable<AppOptions['hospital']>;
  /** The PDF/A-3 of a version, for hospitals that keep nothing else. */
  readonly archive?: MakeArchive;
  /** Called once the service listens: what must not delay that begins now. */
  listening?(): void;
  close(): Promise<void>;
}

export type Assemble = (parts: {
  readonly store: Store;
  readonly hospitals: Hospitals;
  readonly demonstration: boolean;
  readonly safeguardingOnPageOne: boolean;
  readonly publicUrl: string;
  /** Threads that make bags; absent: by the machine. */
  readonly threads?: number;
  /** Asked by `$validate` about codes that no loaded value set can tell about. */
  readonly terminologyServer?: TerminologySettings;
  readonly validationLimitMs: number;
  /** The same in every process of this service, unknown to who only sees addresses; absent: each process has its own. */
  readonly secret?: string;
  /** Tells the delivery worker that there is something new. */
  readonly wake: () => void;
}) => Promise<Assembly>;

/** Longest time that stopping may take. */
const STOP_LIMIT_MS = 20_000;
/** Of it, the time in which requests on their way may end. */
const REQUESTS_END_MS = 5_000;

/**
 * Starts everything that a configuration asks for. When a part cannot start, the ones before it are closed.
 * @throws ConfigInvalid, HospitalsInvalid, the store's errors, the system's when a port is taken
 */
export async function startServer(config: Config, assemble: Assemble): Promise<Running> {
  const log = createLogger(config.logLevel);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const store: Store = await openStore({ url: config.database });
    closers.push(() => store.close());
    const sandbox = await startSandbox(config);
    if (sandbox !== undefined) closers.push(() => sandbox.app.close());
    const sandboxUrl = sandbox && addressOf(sandbox.app, '127.0.0.1');
    const hospitals = readHospitals(hospitalsFile(config, sandboxUrl), config.environment);
    const dialect = createFhirRest();
    closers.push(() => dialect.close());
    const worker: DeliveryWorker = createWorker({
      store,
      hospitals,
      dialects: { 'fhir-rest': dialect },
      archive: async (bag, version) => {
        const pdf = await assembly.archive?.(bag, version);
        if (pdf === undefined) log.warn({ bag, version }, 'no PDF/A-3 could be drawn: the usual PDF goes');
        return pdf;
      },
      log,
    });
    const assembly: Assembly = await assemble({
      store,
      hospitals,
      demonstration: config.demonstration,
      safeguardingOnPageOne: config.safeguardingOnPageOne,
      publicUrl: config.publicUrl,
      ...(config.threads === undefined ? {} : { threads: config.threads }),
      ...(config.terminologyServer === undefined ? {} : { terminologyServer: config.terminologyServer }),
      validationLimitMs: config.validationLimitMs,
      ...(config.accessToken === undefined ? {} : { secret: config.accessToken }),
      wake: () => worker.wake(),
    });
    closers.push(() => assembly.close());
    worker.start();
    closers.push(() => worker.stop());
    const app = await buildApp({
      service: assembly.service,
      packages: assembly.packages,
      access: accessOf(config),
      health: async () => ({ store: await answers(store) }),
      version: VERSION,
      demonstration: config.demonstration,
      bodyLimit: config.bodyLimit,
      publicUrl: config.publicUrl,
      logger: log,
      ...(assembly.hospital === undefined ? {} : { hospital: assembly.hospital }),
    });
    closers.push(() => closeHttp(app));
    await app.listen({ host: config.host, port: config.port });
    assembly.listening?.();
    const url = addressOf(app, config.host);
    return { url, ...(sandboxUrl === undefined ? {} : { sandboxUrl }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts by the environment, greets, and serves until a signal. For `npm start` and `redbag serve`. */
export async function serve(
  assemble: Assemble,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  let running: Running | undefined;
  let starting: Promise<Running> | undefined;
  stopOnSignal(
    async () => {
      await (running ?? (await starting?.catch(() => undefined)))?.close();
    },
    STOP_LIMIT_MS,
    (error) => process.stderr.write(`${JSON.stringify(describeError(error))}\n`),
  );
  try {
    const config = readConfig(environment);
    starting = startServer(config, assemble);
    running = await starting;
    process.stdout.write(greeting(config, running));
  } catch (error) {
    process.stderr.write(`${whyNot(error)}\n`);
    // As on the command line: 2, the call is not understood; 3, it could not be done.
    process.exit(error instanceof ConfigInvalid || error instanceof HospitalsInvalid ? 2 : 3);
  }
}

/** Opened first, so that the hospitals' addresses are known. */
async function startSandbox(config: Config): Promise<Sandbox | undefined> {
  if (!config.demonstration || config.hospitalsFile !== undefined) return undefined;
  // Beside the store, so that a restart finds both as they were.
  const folder = config.database.startsWith('sqlite:')
    ? join(dirname(config.database.slice('sqlite:'.length)), 'pretend-hospital')
    : undefined;
  const sandbox = buildSandbox(folder === undefined ? {} : { folder });
  await sandbox.app.listen({ host: '127.0.0.1', port: config.sandboxPort });
  return sandbox;
}

function hospitalsFile(config: Config, sandboxUrl: string | undefined): unknown {
  if (config.hospitalsFile === undefined) return demonstrationHospitals(sandboxUrl ?? '');
  let text: string;
  try {
    text = readFileSync(config.hospitalsFile, 'utf8');
  } catch {
    throw new ConfigInvalid([`REDBAG_HOSPITALS: ${config.hospitalsFile} cannot be read`]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigInvalid([`REDBAG_HOSPITALS: ${config.hospitalsFile} is not JSON`]);
  }
}

function accessOf(config: Config): AccessControl {
  return config.accessToken === undefined ? openAccess : sharedToken(config.accessToken);
}

async function answers(store: Store): Promise<boolean> {
  try {
    await store.bag('health');
    return true;
  } catch {
    return false;
  }
}

/** Takes nothing new; a caller that still sends after a while does not keep deliveries and store from closing. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), REQUESTS_END_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}

function addressOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Why the service did not start, for the person at the terminal. */
function whyNot(error: unknown): string {
  if (error instanceof ConfigInvalid) return error.message;
  if (error instanceof HospitalsInvalid) {
    return `The hospitals file cannot be used:\n${error.faults.map((f) => `  ${f}`).join('\n')}`;
  }
  const { code, port, message, name } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken, perhaps by another run of this service. Set REDBAG_PORT (or REDBAG_SANDBOX_PORT) to another one.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES')
    return 'REDBAG_HOST or REDBAG_PORT cannot be listened on here.';
  return `The service did not start: ${name}: ${message}`;
}
