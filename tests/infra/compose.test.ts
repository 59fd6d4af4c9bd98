import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import { parse } from 'yaml';
import { TASK_QUEUES } from '../../shared/task-queues.js';

interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string; readonly args?: Readonly<Record<string, string>> };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly resources: { readonly reservations: { readonly devices: readonly { readonly capabilities: readonly string[] }[] } } };
  readonly healthcheck?: object;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly volumes?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const { services, volumes } = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const all = Object.entries(services);

describe('docker-compose.yml', () => {
  it('is written by the Compose specification, in the part of it that we use', () => {
    const valid = new Ajv({ allErrors: true, strictTuples: false, allowUnionTypes: true }).compile(JSON.parse(read('tests/infra/compose.schema.json')) as AnySchema);
    assert.ok(valid(parse(read('docker-compose.yml'), { merge: true })), JSON.stringify(valid.errors, null, 2));
  });

  it('has one worker for each task queue', () => {
    const queues = all.filter(([name]) => name.startsWith('worker-')).map(([, { command }]) => command?.[1]);
    assert.deepEqual(queues.sort(), Object.values(TASK_QUEUES).sort());
  });

  it('reserves a GPU for the train-gpu worker, which only the profile gpu starts', () => {
    const { deploy, profiles } = services['worker-train-gpu'] ?? {};
    assert.deepEqual(deploy?.resources.reservations.devices.flatMap(({ capabilities }) => capabilities), ['gpu']);
    assert.deepEqual(profiles, ['gpu']);
    assert.deepEqual(all.filter(([, service]) => service.profiles).map(([name]) => name), ['worker-train-gpu']);
  });

  it('pins each image to a version', () => {
    const images = all.flatMap(([, { image, build }]) => [image, ...Object.entries(build?.args ?? {}).flatMap(([name, value]) => (name.endsWith('BASE') ? [value] : []))]);
    for (const image of images) assert.match(image, /^[a-z0-9./-]+:v?\d+\.\d+\.?\d*[a-z0-9.-]*$/, image);
  });

  it('checks the health of all that stays up', () => {
    for (const [name, { healthcheck, restart }] of all) assert.equal(healthcheck === undefined, restart === 'no', name);
  });

  it('waits only for services that exist, and for health only where it is checked', () => {
    for (const [name, { depends_on = {} }] of all) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        assert.ok(services[other], `${name} waits for ${other}`);
        if (condition === 'service_healthy') assert.ok(services[other]?.healthcheck, `${name} waits for the health of ${other}`);
        if (condition === 'service_completed_successfully') assert.equal(services[other]?.restart, 'no');
      }
    }
  });

  it('uses each named volume and no other', () => {
    const used = all.flatMap(([, { volumes: mounted = [] }]) => mounted.map(sourceOf)).filter((source) => !source.startsWith('.'));
    assert.deepEqual([...new Set(used)].sort(), Object.keys(volumes).sort());
  });

  it('opens its ports on this machine only', () => {
    for (const [name, { ports = [] }] of all) for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/, name);
  });

  it('gives the workers the addresses and credentials of the servers beside them', () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, TEMPORAL_ADDRESS, AWS_ENDPOINT_URL_S3 } = services['worker-cpu']?.environment ?? {};
    const s3 = services['s3']?.environment;
    assert.deepEqual([AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY], [s3?.['ROOT_ACCESS_KEY_ID'], s3?.['ROOT_SECRET_ACCESS_KEY']]);
    assert.ok(services[TEMPORAL_ADDRESS?.split(':')[0] ?? '']);
    assert.ok(services[new URL(AWS_ENDPOINT_URL_S3 ?? '').hostname]);
  });

  it('names files that are there', () => {
    for (const [name, { build, command = [], volumes: mounted = [] }] of all) {
      for (const source of mounted.map(sourceOf)) if (source.startsWith('.')) assert.ok(existsSync(new URL(source, ROOT)), `${name}: ${source}`);
      if (build) assert.ok(existsSync(new URL(build.dockerfile, ROOT)), name);
      for (const word of command) if (word.endsWith('.mjs')) assert.ok(existsSync(new URL(word, ROOT)), `${name}: ${word}`);
    }
  });
});

/** The named volume, or the file of the repository, that a service mounts. */
function sourceOf(volume: string): string {
  return volume.split(':')[0] ?? '';
}
