import assert from 'node:assert/strict';
import { NotFoundError } from '../../shared/errors.js';
import type { RunResult } from '../../shared/run.js';
import { explainCache } from '../../storage/explain-cache.js';
import { keyDifferences } from '../../storage/key-differences.js';
import type { StepKeyParts } from '../../storage/keys.js';
import { stepKey } from '../../storage/keys.js';
import { readRunManifest, readStepManifest, stepManifestName, writeRunManifest, writeStepManifest } from '../../storage/manifest.js';
import { MemoryStore } from '../../storage/memory-store.js';

const BASE: StepKeyParts = {
  step: 'fit-logistic-regression', version: 'v1', params: { input: ['hog'], options: { C: 1, maxIterations: 100 } }, seed: 5,
  inputs: { 'x:hog': ['h0', 'h1'], labels: ['l0'] }, environment: { node: '20.20.0', threads: 1 },
};
const WITH_C2: StepKeyParts = { ...BASE, params: { input: ['hog'], options: { C: 2, maxIterations: 100 } } };
const RESULT: RunResult = {
  runId: 'one', preset: 'smoke', datasetDigest: 'd', seconds: 1, computedSeconds: 1, cached: false, stages: [], models: [],
};

describe('keyDifferences', () => {
  it('is empty for equal parts', () => assert.deepEqual(keyDifferences(BASE, { ...BASE }), []));

  it('names the parameter, the role, the version and the environment that differ', () => {
    assert.deepEqual(keyDifferences(BASE, WITH_C2), ['params.options.C: 1 -> 2']);
    assert.deepEqual(keyDifferences(BASE, { ...BASE, version: 'v2' }), ['version changed: the code of this step was edited']);
    const steps = (degrees: number): StepKeyParts => ({ ...BASE, params: { steps: [{ kind: 'shift' }, { kind: 'rotate', degrees }], input: ['hog'] } });
    assert.deepEqual(keyDifferences(steps(5), steps(8)), ['params.steps.1.degrees: 5 -> 8']);
    assert.deepEqual(keyDifferences(steps(5), { ...steps(5), params: { steps: [{ kind: 'shift' }], input: ['hog'] } }), [
      'params.steps: [{"kind":"shift"},{"kind":"rotate","degrees":5}] -> [{"kind":"shift"}]',
    ]);
    assert.deepEqual(
      keyDifferences(BASE, { ...BASE, inputs: { 'x:hog': ['h0', 'H1'], labels: ['L0'] }, environment: { node: '20.20.0', threads: 2, avx512: true } }),
      ['inputs.labels: digest changed', 'inputs.x:hog: digest of 1 of 2 objects changed', 'environment.avx512: absent -> true', 'environment.threads: 1 -> 2'],
    );
    assert.deepEqual(keyDifferences(BASE, { ...BASE, seed: 6, inputs: { labels: ['l0'], images: ['i'] } }), [
      'seed: 5 -> 6', 'inputs.images: added', 'inputs.x:hog: removed',
    ]);
  });
});

describe('explainCache', () => {
  const store = new MemoryStore();
  const commit = async (parts: StepKeyParts, label: string, computedAt: string): Promise<string> => {
    const key = stepKey(parts);
    await writeStepManifest(store, {
      kind: 'step', key, label, parts, outputs: {}, summary: {}, computedSeconds: 1, computedAt, attempt: 1, machine: {},
    });
    return key;
  };

  before(async () => {
    const other = await commit({ ...BASE, seed: 9, version: 'v0', params: {} }, 'logistic', '2026-01-03');
    const before = await commit(BASE, 'logistic', '2026-01-01');
    const after = await commit(WITH_C2, 'logistic', '2026-01-02');
    await commit({ ...BASE, step: 'fit-cnn' }, 'cnn', '2026-01-04');
    await writeRunManifest(store, { ...RESULT, runId: 'one', keys: [before, other] });
    await writeRunManifest(store, { ...RESULT, runId: 'two', keys: [after] });
    await writeRunManifest(store, { ...RESULT, runId: 'empty', keys: [] });
  });

  it('says which parameter differs from the nearest other step in the store', async () => {
    const [found, ...rest] = await explainCache(store, 'two', 'fit-logistic-regression');
    assert.deepEqual(rest, []);
    assert.deepEqual(found?.differences, ['params.options.C: 1 -> 2']);
    assert.equal(found?.comparedWith?.computedAt, '2026-01-01');
  });

  it('takes a model\'s name, and compares with another run', async () => {
    assert.deepEqual((await explainCache(store, 'two', 'logistic', 'one'))[0]?.differences, ['params.options.C: 1 -> 2']);
    assert.deepEqual((await explainCache(store, 'two', 'logistic', 'two'))[0]?.differences, []);
  });

  it('has nothing to compare with when the other run lacks the step', async () => {
    assert.equal((await explainCache(store, 'two', 'logistic', 'empty'))[0]?.comparedWith, undefined);
  });

  it('throws NotFoundError for an unknown run and lists a run\'s steps for an unknown step', async () => {
    await assert.rejects(explainCache(store, 'three', 'ingest'), NotFoundError);
    await assert.rejects(explainCache(store, 'two', 'ingest'), /fit-logistic-regression/);
  });
});

describe('manifests', () => {
  const store = new MemoryStore();
  const key = stepKey(BASE);
  const manifest = { kind: 'step', key, label: 'x', parts: BASE, outputs: {}, summary: {}, computedSeconds: 1, computedAt: '', attempt: 2, resumedFrom: 3, machine: {} } as const;

  it('come back as they were written', async () => {
    assert.equal(await readStepManifest(store, key), undefined);
    await writeStepManifest(store, manifest);
    assert.deepEqual(await readStepManifest(store, key), manifest);
  });

  it('count as absent when they are torn or stand under another key', async () => {
    const bytes = await store.readDocument(stepManifestName(key));
    assert.ok(bytes);
    await store.writeDocument(stepManifestName(key), bytes.subarray(0, 40));
    assert.equal(await readStepManifest(store, key), undefined);
    const otherKey = stepKey(WITH_C2);
    await store.writeDocument(stepManifestName(otherKey), bytes);
    assert.equal(await readStepManifest(store, otherKey), undefined);
    await writeStepManifest(store, { ...manifest, key: otherKey });
    assert.equal(await readStepManifest(store, otherKey), undefined);
  });

  it('of a run hold its keys', async () => {
    await writeRunManifest(store, { ...RESULT, keys: [key] });
    assert.deepEqual((await readRunManifest(store, 'one'))?.keys, [key]);
    assert.equal(await readRunManifest(store, 'none'), undefined);
  });
});
