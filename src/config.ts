/**
 * The only reader of environment variables. What is set is checked whole, every fault named at once, before anything
 * starts; without any setting the service is the demonstration.
 */
import { isLoopback } from './access/open.js';
import { likelyName } from './intake/likely-name.js';

export interface TerminologySettings {
  readonly url: string;
  readonly token?: string;
  /** Longest wait for one answer. */
  readonly timeLimitMs: number;
}

export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** `sqlite:PATH` or `postgres://…`. */
  readonly database: string;
  /** File with the hospitals; the demonstration without one has its pretend hospitals. */
  readonly hospitalsFile?: string;
  readonly demonstration: boolean;
  /** Whether page one says that there is a safeguarding concern; it is read by visitors too. */
  readonly safeguardingOnPageOne: boolean;
  /** Port of the pretend hospital, in the demonstration without a hospitals file. */
  readonly sandboxPort: number;
  /** Bearer token that every caller must send. */
  readonly accessToken?: string;
  /** In front of links; without a slash at its end. */
  readonly publicUrl: string;
  readonly bodyLimit: number;
  /** Threads that make bags; absent: one fewer than the machine has processors. */
  readonly threads?: number;
  /** Where codes are looked up that no loaded value set can tell about; for `$validate` alone. */
  readonly terminologyServer?: TerminologySettings;
  /** Longest time that `$validate` may take, in milliseconds. */
  readonly validationLimitMs: number;
  readonly logLevel: string;
  /** For the hospitals file, whose headers may name variables that hold secrets. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable, with what it is for; `docs` and messages take it from here. */
export const VARIABLES = {
  REDBAG_HOST: 'address to listen on; default 127.0.0.1',
  REDBAG_PORT: 'port to listen on, 0 for any free one; default 8080',
  REDBAG_DATABASE:
    'sqlite:PATH or postgres://user:password@host:port/database; default sqlite:./data/redbag.sqlite',
  REDBAG_HOSPITALS: 'JSON file with the hospitals that bags go to; without it this is the demonstration',
  REDBAG_DEMONSTRATION:
    'true or false: mark everything as not for care; default true without REDBAG_HOSPITALS',
  REDBAG_SAFEGUARDING_ON_PAGE_ONE:
    'true or false: page one of the PDF says whether there is a safeguarding concern; default false, for visitors read page one too',
  REDBAG_SANDBOX_PORT: "port of the demonstration's pretend hospital, 0 for any free one; default 8081",
  REDBAG_ACCESS_TOKEN: 'bearer token that callers must send, 32 characters or more',
  REDBAG_PUBLIC_URL:
    'address under which callers reach the service, for the links in answers and the QR code on page one',
  REDBAG_BODY_LIMIT: 'bytes that a request may hold; default 26214400 (25 MB)',
  REDBAG_THREADS: 'threads that make bags; default one fewer than the machine has processors, at least 1',
  REDBAG_TERMINOLOGY_SERVER:
    'https address of a FHIR terminology server that $validate asks about codes it cannot check itself; default none',
  REDBAG_TERMINOLOGY_TOKEN: 'bearer token for the terminology server',
  REDBAG_TERMINOLOGY_TIME_LIMIT:
    'milliseconds that one answer of the terminology server may take; default 2000',
  REDBAG_VALIDATION_TIME_LIMIT: 'seconds that $validate may take, 1 to 600; default 30',
  REDBAG_LOG_LEVEL: 'fatal, error, warn, info, debug or silent; default info, in the demonstration warn',
} as const;

type Name = keyof typeof VARIABLES;

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];
const SHORTEST_TOKEN = 32;

/** The settings cannot be used. Names every variable at fault; never repeats a value, which may be a secret. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((f) => `  ${f}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads the settings.
 * @throws ConfigInvalid naming every fault
 */
export function readConfig(environment: Environment = process.env): Config {
  const faults = misspelt(environment);
  const value = (name: Name): string | undefined => {
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const take = <T>(name: Name, fallback: T, read: (text: string) => T | undefined): T => {
    const text = value(name);
    if (text === undefined) return fallback;
    const result = read(text);
    if (result === undefined) faults.push(`${name} is not understood: ${VARIABLES[name]}`);
    return result ?? fallback;
  };

  const hospitalsFile = value('REDBAG_HOSPITALS');
  const demonstration = take('REDBAG_DEMONSTRATION', hospitalsFile === undefined, trueOrFalse);
  if (!demonstration && hospitalsFile === undefined) {
    faults.push('REDBAG_HOSPITALS must name the hospitals file when this is not the demonstration');
  }
  const accessToken = value('REDBAG_ACCESS_TOKEN');
  if (accessToken !== undefined && !/^[\x21-\x7e]{32,}$/.test(accessToken)) {
    faults.push(`REDBAG_ACCESS_TOKEN must have ${SHORTEST_TOKEN} or more characters, without spaces`);
  }
  const host = value('REDBAG_HOST') ?? '127.0.0.1';
  if (!isLoopback(host) && accessToken === undefined) {
    faults.push(
      `REDBAG_HOST=${host} can be reached from other machines, and nobody would be asked who they are: ` +
        'set REDBAG_ACCESS_TOKEN to a secret that every caller must send (for example from "openssl rand -hex 32"), ' +
        'or leave REDBAG_HOST at 127.0.0.1',
    );
  }
  const terminologyUrl = take<string | undefined>('REDBAG_TERMINOLOGY_SERVER', undefined, terminologyAddress);
  const terminologyToken = value('REDBAG_TERMINOLOGY_TOKEN');
  const terminologyLimitMs = take('REDBAG_TERMINOLOGY_TIME_LIMIT', 2_000, milliseconds);
  const threads = take<number | undefined>('REDBAG_THREADS', undefined, threadCount);
  const config: Config = {
    host,
    port: take('REDBAG_PORT', 8080, port),
    database: take('REDBAG_DATABASE', 'sqlite:./data/redbag.sqlite', database),
    ...(hospitalsFile === undefined ? {} : { hospitalsFile }),
    demonstration,
    safeguardingOnPageOne: take('REDBAG_SAFEGUARDING_ON_PAGE_ONE', false, trueOrFalse),
    sandboxPort: take('REDBAG_SANDBOX_PORT', 8081, port),
    ...(accessToken === undefined ? {} : { accessToken }),
    publicUrl: take('REDBAG_PUBLIC_URL', '', webAddress),
    bodyLimit: take('REDBAG_BODY_LIMIT', 25 * 1024 * 1024, bytes),
    ...(threads === undefined ? {} : { threads }),
    ...(terminologyUrl === undefined
      ? {}
      : {
          terminologyServer: {
            url: terminologyUrl,
            timeLimitMs: terminologyLimitMs,
            ...(terminologyToken === undefined ? {} : { token: terminologyToken }),
          },
        }),
    validationLimitMs: take('REDBAG_VALIDATION_TIME_LIMIT', 30, seconds) * 1000,
    logLevel: take('REDBAG_LOG_LEVEL', demonstration ? 'warn' : 'info', (text) =>
      LEVELS.includes(text) ? text : undefined,
    ),
    environment,
  };
  if (faults.length > 0) throw new ConfigInvalid(faults);
  return config;
}

/** The token that `redbag send` shows to a service: the same variable by which a service asks for it. */
export const clientToken = (environment: Environment): string | undefined =>
  environment['REDBAG_ACCESS_TOKEN']?.trim() || undefined;

/** The token that `redbag validate` shows to a terminology server: that of the service. */
export function terminologyToken(environment: Environment): { readonly token?: string } {
  const token = environment['REDBAG_TERMINOLOGY_TOKEN']?.trim();
  return token === undefined || token === '' ? {} : { token };
}

/** A setting that is spelt wrongly would be passed over in silence, and the default taken. */
function misspelt(environment: Environment): string[] {
  const known = Object.keys(VARIABLES);
  return Object.keys(environment)
    .filter((name) => name.startsWith('REDBAG_') && !name.startsWith('REDBAG_TEST_') && !known.includes(name))
    .flatMap((name) => {
      const meant = likelyName(name, known);
      return meant === undefined || environment[meant] !== undefined
        ? []
        : [`${name} is not known: did you mean ${meant}?`];
    });
}

function trueOrFalse(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function port(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function threadCount(text: string): number | undefined {
  return /^[1-9]\d?$/.test(text) ? Number(text) : undefined;
}

function bytes(text: string): number | undefined {
  return /^[1-9]\d{3,9}$/.test(text) ? Number(text) : undefined;
}

function database(text: string): string | undefined {
  return /^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text) ? text : undefined;
}

function webAddress(text: string): string | undefined {
  return URL.canParse(text) && /^https?:\/\/[^?#]+$/.test(text) ? text.replace(/\/+$/, '') : undefined;
}

/** Codes go there, which are health data as soon as somebody knows whose: in clear text only on this machine. */
function terminologyAddress(text: string): string | undefined {
  const address = webAddress(text);
  if (address === undefined) return undefined;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, '')) ? address : undefined;
}

function milliseconds(text: string): number | undefined {
  return /^[1-9]\d{1,4}$/.test(text) ? Number(text) : undefined;
}

function seconds(text: string): number | undefined {
  return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 600 ? Number(text) : undefined;
}
