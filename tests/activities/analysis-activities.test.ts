import assert from 'node:assert/strict';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { ModelConfig } from '../../shared/config.js';
import type { AnalysisStep } from '../../shared/contracts/analysis.js';
import { ANALYSIS_STEPS } from '../../shared/contracts/analysis.js';
import type { StepResult } from '../../shared/step.js';
import { stepKey } from '../../storage/keys.js';
import { writeStepManifest } from '../../storage/manifest.js';
import type { ActivityWorld } from '../support/activity-world.js';
import { activityWorld } from '../support/activity-world.js';

const IMAGES = ['train images 0', 'train images 1', 'train images 2'];
const LABELS = ['train labels'];
const TEST_IMAGES = ['test images 0', 'test images 1'];
const BOTH = { images: IMAGES, labels: LABELS };
const READS: Readonly<Record<AnalysisStep, Readonly<Record<string, string[]>>>> = {
  'check-data': { ...BOTH, testImages: TEST_IMAGES },
  'describe-data': { ...BOTH, testImages: TEST_IMAGES },
  'contact-sheet': BOTH,
  'analyse-neighbours': { ...BOTH, testImages: TEST_IMAGES },
  cluster: BOTH,
  reduce: BOTH,
  'select-features': { labels: LABELS },
  embed: BOTH,
  'find-label-errors': BOTH,
  'audit-labels': { testImages: TEST_IMAGES, testLabels: ['test labels'] },
  'explain-network': { testImages: TEST_IMAGES, testLabels: ['test labels'] },
};

describe('the analysis activities', () => {
  let here: ActivityWorld;
  let features: ArtifactRef;
  before(async () => {
    here = await activityWorld();
    const matrices = async (family: string) => Promise.all([0, 1, 2].map(async (i) => ({ ref: await here.put(`${family} ${i}`), rows: 5 })));
    const family = async (name: string) => ({ columns: [`${name}.a`], train: await matrices(name), test: [] });
    features = await here.json({ kind: 'features', families: { hog: await family('hog'), zoning: await family('zoning') } });
  });
  after(() => here.world.close());

  for (const step of ANALYSIS_STEPS) {
    it(`give ${step} what it looks at${step === 'audit-labels' ? '' : ', and no test label'}`, async () => {
      const result = await here.activities.analyse({ step, label: step, params: { count: 3 }, dataset: here.dataset });
      assert.equal(result.step, step);
      assert.deepEqual(await here.given(result), READS[step]);
      assert.deepEqual((await here.manifestOf(result)).parts.params, { count: 3 });
    });
  }

  it('add the columns of the families that a step names, and what other steps found', async () => {
    const call = { label: 'x', params: {}, dataset: here.dataset, features } as const;
    const selection = await here.activities.analyse({ ...call, step: 'select-features', families: ['zoning'], given: { ranks: [await here.put('ranks')] } });
    assert.deepEqual(await here.given(selection), { labels: LABELS, 'x:zoning': ['zoning 0', 'zoning 1', 'zoning 2'], ranks: ['ranks'] });
    assert.deepEqual(await here.given(await here.activities.analyse({ ...call, step: 'reduce' })), BOTH);
    await assert.rejects(here.activities.analyse({ ...call, step: 'select-features', families: ['hu'] }), { name: 'InvalidConfigError', message: /"hu".*hog, zoning/ });
  });

  it('draw at random only where a random state is given', async () => {
    const call = { step: 'cluster', label: 'x', params: {}, dataset: here.dataset } as const;
    const seedOf = async (result: StepResult): Promise<number | undefined> => (await here.manifestOf(result)).parts.seed;
    assert.equal(await seedOf(await here.activities.analyse(call)), undefined);
    const [one, two] = [await seedOf(await here.activities.analyse({ ...call, randomState: 1 })), await seedOf(await here.activities.analyse({ ...call, randomState: 2 }))];
    assert.ok(one !== undefined && two !== undefined && one !== two);
  });

  it('fit a fold on training rows and labels; the folds differ in their number alone', async () => {
    const cnn: ModelConfig = { kind: 'cnn', input: 'pixels', params: { epochs: 2, threads: 2 }, device: 'cpu', rows: 'original' };
    const fold = (model: ModelConfig, number: number) => here.activities.fitFold({ name: 'net', dataset: here.dataset, features, model, fold: number, folds: 3, randomState: 77, testRows: true });
    const results = await Promise.all([0, 1, 2].map((number) => fold(cnn, number)));
    const shared = { input: 'pixels', options: { epochs: 2 }, threads: 2, folds: 3, foldSeed: 77 };
    for (const [number, result] of results.entries()) {
      assert.equal(result.step, 'fold-cnn');
      assert.deepEqual(await here.given(result), { ...BOTH, 'test:images': ['test images 0', 'test images 1'] });
      const { parts, label } = await here.manifestOf(result);
      assert.deepEqual(parts.params, { ...shared, fold: number });
      assert.equal(label, `net without fold ${number + 1}/3`);
    }
    assert.deepEqual(await here.given(await fold({ ...cnn, kind: 'xgboost', input: ['hog'] }, 0)), { 'x:hog': ['hog 0', 'hog 1', 'hog 2'], 'test:x:hog': [], labels: LABELS });
  });

  it('fit a fold without the test rows where nobody asks for them, and tell whoever listens', async () => {
    const cnn: ModelConfig = { kind: 'cnn', input: 'pixels', params: {}, device: 'cpu', rows: 'original' };
    const result = await here.activities.fitFold({ name: 'net', dataset: here.dataset, model: cnn, fold: 1, folds: 3, randomState: 77, testRows: false, progressTo: 'run-1-fold-net' });
    assert.deepEqual(await here.given(result), BOTH);
    const quiet = await here.activities.fitFold({ name: 'net', dataset: here.dataset, model: cnn, fold: 1, folds: 3, randomState: 77, testRows: false });
    assert.deepEqual([quiet.key, quiet.cached], [result.key, true], 'who listens is no part of the key');
  });

  it('join the folds of a model by the keys of their steps', async () => {
    const cnn: ModelConfig = { kind: 'cnn', input: 'pixels', params: {}, device: 'cpu', rows: 'original' };
    const folds = await Promise.all([0, 1].map((fold) => here.activities.fitFold({ name: 'net', dataset: here.dataset, model: cnn, fold, folds: 2, randomState: 1, testRows: false })));
    const keys = folds.map(({ key }) => key);
    await assert.rejects(here.activities.joinFolds({ name: 'net', dataset: here.dataset, folds: keys }), { name: 'InternalError', message: /Step fold-cnn .*expected an output rows/ });
    await assert.rejects(here.activities.joinFolds({ name: 'net', dataset: here.dataset, folds: ['0'.repeat(64)] }), { name: 'NotFoundError' });
  });

  it('hand the folds to the join in their order, and the joined rows to the ensembles', async () => {
    const commit = async (made: string, names: Readonly<Record<string, string>>): Promise<string> => {
      const outputs = Object.fromEntries(await Promise.all(Object.entries(names).map(async ([role, name]) => [role, await here.put(name)] as const)));
      const parts = { step: made, version: '', params: {}, inputs: {}, environment: {} };
      const key = stepKey(parts);
      await writeStepManifest(here.world.store, { kind: 'step', key, label: made, parts, outputs, summary: {}, computedSeconds: 1, computedAt: '', attempt: 1, machine: {} });
      return key;
    };
    const one = await commit('fold 1', { rows: 'rows 1', proba: 'proba 1' });
    const two = await commit('fold 2', { rows: 'rows 2', proba: 'proba 2' });
    const joined = await commit('join', { outOfFold: 'all rows' });
    const join = await here.activities.joinFolds({ name: 'net', dataset: here.dataset, folds: [two, one] });
    assert.deepEqual(await here.given(join), { rows: ['rows 2', 'rows 1'], proba: ['proba 2', 'proba 1'], labels: LABELS });
    assert.deepEqual((await here.manifestOf(join)).parts.params, { folds: [two, one] });
    const artifacts = { validationProba: await here.put('validation'), testProba: await here.put('test') };
    const { digest, bytes } = await here.json({ kind: 'candidate', name: 'net', modelKind: 'cnn', artifacts, parameters: 1, fit: one });
    const combined = await here.activities.combine({ method: 'greedy', options: {}, bases: [{ name: 'net', digest, bytes }], outOfFold: [joined], dataset: here.dataset, randomState: 1 });
    assert.deepEqual(await here.given(combined), { validationProba: ['validation'], testProba: ['test'], outOfFold: ['all rows'], labels: LABELS });
  });

  it('index what was found: the outputs of each step, by the name in the report', async () => {
    const gate = await here.activities.analyse({ step: 'check-data', label: 'gate', params: {}, dataset: here.dataset });
    const audit = await here.activities.analyse({ step: 'audit-labels', label: 'audit', params: {}, dataset: here.dataset });
    const index = await here.activities.indexAnalysis({ steps: { audit: audit.key, gate: gate.key } });
    assert.deepEqual(await here.parsed(index.outputs['analysis']), { kind: 'analysis', found: { audit: audit.outputs, gate: gate.outputs } });
    const { parts } = await here.manifestOf(index);
    const digests = ({ outputs }: StepResult): string[] => Object.values(outputs).map(({ digest }) => digest);
    assert.deepEqual([parts.params, parts.inputs], [{ names: ['audit', 'gate'] }, { audit: digests(audit), gate: digests(gate) }]);
    await assert.rejects(here.activities.indexAnalysis({ steps: { gate: 'f'.repeat(64) } }), { name: 'NotFoundError' });
  });

  it('hand the report the JSON of what was found, and leave arrays where they are', async () => {
    const [json, array] = [await here.json({ kind: 'reductions' }), await here.put('scores')];
    const analysis = await here.json({ kind: 'analysis', found: { reductions: { reductions: json, pca: array }, gate: { check: await here.json({ kind: 'data-check' }) } } });
    const run = { preset: 'smoke', datasetDigest: 'd', computedSeconds: 1, stages: [] };
    const evaluation = await here.json({ kind: 'evaluation', rows: 1, models: [], paired: [] });
    const report = await here.activities.report({ dataset: here.dataset, run, evaluated: { candidates: [], evaluation, measured: [], calibrated: [] }, analysis });
    const given = await here.given(report);
    assert.deepEqual(Object.keys(given).sort(), ['evaluation', 'found:gate:check', 'found:reductions:reductions', 'images']);
    assert.deepEqual((await here.manifestOf(report)).parts.inputs['found:reductions:reductions'], [json.digest]);
  });
});
