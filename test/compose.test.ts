/**
 * docker-compose.yml and Dockerfile as far as they can be judged without a Docker engine: the compose file's shape,
 * settings that the service knows and accepts, no port open to other machines, everything pinned, files that exist.
 * https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { parse } from 'yaml';
import { readConfig, VARIABLES } from '#src/config.js';
import { readHospitals } from '#src/delivery/hospitals.js';

const root = join(import.meta.dirname ?? '', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Service {
  image?: string;
  build?: string;
  environment: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, object>;
}

const duration = { type: 'string', pattern: '^(\\d+(us|ms|s|m|h))+$' };
const texts = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true };
const service = {
  type: 'object',
  properties: {
    image: { type: 'string' },
    build: { type: 'string' },
    // Only text: what YAML reads as a number or a truth value may not come back as it was written.
    environment: { type: 'object', additionalProperties: { type: 'string' } },
    volumes: texts,
    ports: texts,
    depends_on: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
        },
        required: ['condition'],
        additionalProperties: false,
      },
    },
    healthcheck: {
      type: 'object',
      properties: {
        test: { ...texts, uniqueItems: false },
        interval: duration,
        timeout: duration,
        start_period: duration,
        retries: { type: 'integer', minimum: 1 },
      },
      required: ['test'],
      additionalProperties: false,
    },
    stop_grace_period: duration,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
  },
  oneOf: [{ required: ['image'] }, { required: ['build'] }],
  additionalProperties: false,
};
const schema = {
  type: 'object',
  properties: {
    services: { type: 'object', additionalProperties: service },
    volumes: { type: 'object', additionalProperties: { type: 'object' } },
  },
  required: ['services'],
  additionalProperties: false,
};

const compose = parse(read('docker-compose.yml'), { strict: true, uniqueKeys: true }) as Compose;
const services = Object.entries(compose.services);

/** `${NAME:?message}` and `${NAME}` with the value that the environment would give. */
const SECRETS: Record<string, string> = {
  REDBAG_ACCESS_TOKEN: '0123456789abcdef'.repeat(4),
  DATABASE_PASSWORD: '0123456789abcdef',
};
const filled = (text: string): string =>
  text.replace(/\$\{(\w+)(:\?[^}]+)?\}/g, (_all, name: string, must?: string) => {
    const value = SECRETS[name];
    if (value === undefined || must === undefined)
      throw new Error(`${name} has no value, or need not be set`);
    return value;
  });

t.test('the compose file has the shape that Compose takes', async (t) => {
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false });
  const check = ajv.compile(schema);
  t.ok(check(compose), ajv.errorsText(check.errors));
  t.same(Object.keys(compose.services), ['redbag', 'database', 'hospital']);
  for (const [name, { depends_on = {}, volumes = [] }] of services) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      t.ok(compose.services[other], `${name} depends on a service that is there`);
      if (condition === 'service_healthy')
        t.ok(compose.services[other]?.healthcheck, `${other} can tell its health`);
    }
    for (const volume of volumes) {
      const [from = ''] = volume.split(':');
      t.ok(from.startsWith('./') ? existsSync(join(root, from)) : from in compose.volumes, volume);
    }
  }
});

t.test('images are pinned', async (t) => {
  const images = services.flatMap(([, s]) => s.image ?? []);
  const bases = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
  t.equal(images.length + bases.length, 4);
  for (const image of [...images, ...bases]) t.match(image, /:v?\d+\.\d+(\.\d+)?(-[\w-]+)?$/);
  t.equal(new Set(bases).size, 1, 'built on what it runs on');
});

t.test('no other machine reaches a port, and each published port is the one listened on', async (t) => {
  for (const port of services.flatMap(([, s]) => s.ports ?? []))
    t.match(port, /^127\.0\.0\.1:\d{4}:\d{4}$/, port);
  const redbag = compose.services['redbag'];
  const port = redbag?.environment['REDBAG_PORT'];
  t.equal(redbag?.ports?.[0]?.split(':').at(-1), port);
  t.equal(redbag?.environment['REDBAG_PUBLIC_URL'], `http://127.0.0.1:${redbag?.ports?.[0]?.split(':')[1]}`);
  t.match(redbag?.healthcheck?.test.join(' '), `http://127.0.0.1:${port}/health`);
});

t.test('the service knows and accepts every setting', async (t) => {
  const given = compose.services['redbag']?.environment ?? {};
  for (const name of Object.keys(given)) t.ok(name in VARIABLES, name);
  const environment = Object.fromEntries(Object.entries(given).map(([name, v]) => [name, filled(v)]));
  const config = readConfig(environment);
  t.equal(config.demonstration, true, 'marked as not for care');
  t.equal(config.accessToken, SECRETS['REDBAG_ACCESS_TOKEN']);
  const { REDBAG_ACCESS_TOKEN: _, ...open } = environment;
  t.throws(() => readConfig(open), /REDBAG_ACCESS_TOKEN/, 'refuses to start without a token');

  const database = compose.services['database']?.environment ?? {};
  const url = new URL(config.database);
  t.same(
    [url.hostname, url.username, url.password, url.pathname],
    [
      'database',
      database['POSTGRES_USER'],
      filled(database['POSTGRES_PASSWORD'] ?? ''),
      `/${database['POSTGRES_DB']}`,
    ],
  );
});

t.test('the hospitals file that is mounted is valid and leads to the hospital', async (t) => {
  const redbag = compose.services['redbag'];
  const mounted = redbag?.volumes?.find((v) => v.includes(`:${redbag.environment['REDBAG_HOSPITALS']}:ro`));
  const hospitals = readHospitals(JSON.parse(read(mounted?.split(':')[0] ?? '')));
  t.ok(hospitals.size > 0);
  const bag = JSON.parse(read('fixtures/betty/red-bag.json')) as { destinations: { odsCode: string }[] };
  for (const { odsCode } of bag.destinations) {
    const { hostname, port, pathname } = new URL(hospitals.get(odsCode)?.baseUrl ?? '');
    t.ok(compose.services[hostname], `${odsCode} is one of the services`);
    const published = compose.services[hostname]?.ports?.[0]?.split(':').at(-1);
    t.same([port, pathname], [published, '/fhir']);
  }
});

t.test('the image holds everything that it copies, and starts the service', async (t) => {
  const docker = read('Dockerfile');
  const sent = read('.dockerignore')
    .split('\n')
    .flatMap((line) => line.match(/^!(.+)/)?.[1] ?? []);
  const copied = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );
  for (const file of copied) {
    t.ok(existsSync(join(root, file)), file);
    t.ok(sent.includes(file.split('/')[0] ?? ''), `${file} is not ignored`);
  }
  t.match(docker, 'CMD ["node", "dist/cli.js", "serve"]');
  t.match(docker, /^USER node$/m);
  const { bin } = JSON.parse(read('package.json')) as { bin: { redbag: string } };
  t.equal(bin.redbag, 'dist/cli.js');
});
