import assert from 'node:assert/strict';
import { createRunActivities } from '../../activities/create-run-activities.js';
import { DIGITS, PIXELS_TO_UNIT } from '../../ml/export/export-metadata.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { SearchedPlan } from '../../shared/compression.js';
import type { CandidateHandle } from '../../shared/contracts/candidates.js';
import type { RunActivities } from '../../shared/contracts/records.js';
import { InternalError } from '../../shared/errors.js';
import { stepKey } from '../../storage/keys.js';
import type { StepKeyParts } from '../../storage/keys.js';
import { writeStepManifest } from '../../storage/manifest.js';
import { activityWorld } from '../support/activity-world.js';
import type { ActivityWorld } from '../support/activity-world.js';

describe('the activities that compress', () => {
  let at: ActivityWorld;
  let books: RunActivities;
  let network: CandidateHandle;

  const record = async (name: string, params: { readonly augment?: string; readonly maxShift?: number; readonly threads?: number } = {}): Promise<CandidateHandle> => books.recordCandidate({
    name, modelKind: 'cnn', config: { kind: 'cnn', input: 'pixels', params, device: 'cpu', rows: 'original' }, parameters: 1, fit: '',
    artifacts: { model: await at.put(`model ${name}`), validationProba: await at.put(`validation of ${name}`), testProba: await at.put(`test of ${name}`) },
  });

  before(async () => {
    at = await activityWorld();
    books = createRunActivities({ store: at.world.store, workflows: { executeUpdateWithStart: () => assert.fail('no pointer moves') } });
    network = await record('cnn', { augment: 'shift', maxShift: 1, threads: 2 });
  });

  const compress = (plan: object, more: object = {}): ReturnType<ActivityWorld['activities']['compressNetwork']> =>
    at.activities.compressNetwork({ name: 'mine', candidate: network, dataset: at.dataset, plan: { of: 'cnn', epochs: 2, ...plan }, randomState: 1, progressTo: 'run', ...more });
  const data = { images: ['train images 0', 'train images 1', 'train images 2'], labels: ['train labels'], testImages: ['test images 0', 'test images 1'] };

  it('give a step the plan, the network and images, no test label, and let it see images as its network did', async () => {
    const result = await compress({ prune: { sparsity: 0.5 }, recipe: { maxShift: 0, batchSize: 20 } });
    assert.equal(result.step, 'compress-network');
    assert.deepEqual(await at.given(result), { model: ['model cnn'], validationProba: ['validation of cnn'], ...data });
    const { params: { facts, ...params } } = (await at.manifestOf(result)).parts;
    assert.deepEqual(params, { validationRows: 4, threads: 2, plan: { epochs: 2, prune: { sparsity: 0.5 }, recipe: { augment: 'shift', maxShift: 0, threads: 2, batchSize: 20 } } });
    const { version, ...told } = facts as { readonly version: string };
    assert.deepEqual(told, { name: 'mine', labels: DIGITS, input: 'images of 28 x 28 pixels', normalisation: PIXELS_TO_UNIT, licence: 'not stated' });
    assert.match(version, /^\d+\.\d+\.\d+/);
  });

  it('have the files say the licence that is asked for, which makes another step, with the same seed', async () => {
    const [plain, licensed] = await Promise.all([compress({}), compress({}, { licence: 'MIT' })].map(async (result) => (await at.manifestOf(await result)).parts));
    const licenceOf = ({ params }: StepKeyParts): unknown => (params['facts'] as { readonly licence: string }).licence;
    assert.deepEqual([plain, licensed].map((parts) => licenceOf(parts ?? assert.fail())), ['not stated', 'MIT']);
    assert.ok(plain?.seed !== undefined && plain.seed === licensed?.seed);
    const { params, seed } = (await at.manifestOf(await compress({ dropout: 0.1 }))).parts;
    assert.ok(params['plan'] && seed !== plain.seed, 'another plan has the same seed');
    const quantised = await at.activities.quantize({ candidate: network, dataset: at.dataset, calibrationImages: 2, licence: 'MIT', randomState: 1 });
    assert.equal(licenceOf((await at.manifestOf(quantised)).parts), 'MIT');
  });

  it('give it a network as teacher, or what folds say of the training rows', async () => {
    const distil = { teacher: 'other', share: 0.7 };
    const taught = await compress({ distil }, { teacher: { network: await record('other') } });
    assert.deepEqual(await at.given(taught), { model: ['model cnn'], validationProba: ['validation of cnn'], ...data, teacher: ['model other'] });
    assert.deepEqual(((await at.manifestOf(taught)).parts.params['plan'] as { distil: object }).distil, { share: 0.7 });
    const keys = await Promise.all(['a', 'b'].map(async (name) => {
      const parts = { step: 'join-folds', version: '', params: { name }, inputs: {}, environment: {} };
      const key = stepKey(parts);
      await writeStepManifest(at.world.store, { kind: 'step', key, label: '', parts, outputs: { outOfFold: await at.put(`folds of ${name}`) }, summary: {}, computedSeconds: 0, computedAt: '', attempt: 1, machine: {} });
      return key;
    }));
    assert.deepEqual((await at.given(await compress({ distil }, { teacher: { outOfFold: keys } })))['teacherProba'], ['folds of a', 'folds of b']);
  });

  it('give the gate each variant beside its model, sizes of what is shipped and times, and no test label', async () => {
    const of = network;
    const proba = async (name: string): Promise<{ validationProba: ArtifactRef }> => ({ validationProba: await at.put(`validation of ${name}`) });
    const variants = await Promise.all([
      books.recordCandidate({ name: 'few', modelKind: 'onnx', of, parameters: 1, fit: '', artifacts: { model: await at.put('float layers'), tflite: await at.put('few'), ...(await proba('few')) } }),
      books.recordCandidate({ name: 'cnn-small', modelKind: 'cnn', of, parameters: 1, fit: '', artifacts: { model: await at.put('smaller'), ...(await proba('small')) } }),
    ]);
    const timed = await Promise.all([0.4, 0.2].map(async (p50Ms) => {
      const parts = { step: 'measure', version: '', params: { p50Ms }, inputs: {}, environment: {} };
      const key = stepKey(parts);
      await writeStepManifest(at.world.store, { kind: 'step', key, label: '', parts, outputs: {}, summary: { p50Ms }, computedSeconds: 0, computedAt: '', attempt: 1, machine: {} });
      return key;
    }));
    const result = await at.activities.gateVariants({ dataset: at.dataset, candidates: [network, ...variants], measured: [await books.keepKeys({ keys: timed })], gate: { alpha: 0.05, maxBytes: 9 } });
    assert.deepEqual(await at.given(result), { variantProba: ['validation of few', 'validation of small'], modelProba: ['validation of cnn', 'validation of cnn'], labels: ['train labels'] });
    assert.deepEqual((await at.manifestOf(result)).parts.params, {
      gate: { alpha: 0.05, maxBytes: 9 }, validationRows: 4, variants: [{ name: 'few', of: 'cnn', bytes: 3, bytesBefore: 9, milliseconds: 0.2 }, { name: 'cnn-small', of: 'cnn', bytes: 7, bytesBefore: 9 }],
    });
    await assert.rejects(at.activities.gateVariants({ dataset: at.dataset, candidates: variants, measured: [], gate: { alpha: 0.05 } }), InternalError);
  });

  it('give the front of a search what both passes found', async () => {
    const plan = (name: string, bytes: number): SearchedPlan => ({ name, bytes, codedBytes: 9, multiplyAdds: 5, validationAccuracy: 0.9 });
    const input = { of: 'cnn', epochs: { first: 1, full: 6 }, first: [plan('a', 3), plan('b', 4)], full: [plan('b', 2)] };
    const result = await at.activities.searchFront(input);
    assert.deepEqual((await at.manifestOf(result)).parts.params, input);
    assert.deepEqual(await at.given(result), {});
  });

  it('make a classical model smaller on what it reads, and refuse what is no model of its own', async () => {
    const forest = await books.recordCandidate({
      name: 'forest', modelKind: 'random-forest', config: { kind: 'random-forest', input: 'deskewed', params: { trees: 5 }, device: 'cpu', rows: 'original' }, parameters: 1, fit: '', artifacts: { model: await at.put('model forest') },
    });
    const result = await at.activities.shrinkClassical({ candidate: forest, dataset: at.dataset, mostLost: 0.01 });
    assert.deepEqual(await at.given(result), { images: data.images, 'test:images': data.testImages, labels: ['train labels'], model: ['model forest'] });
    assert.deepEqual((await at.manifestOf(result)).parts.params, { kind: 'random-forest', input: 'deskewed', mostLost: 0.01, validationRows: 4, threads: 1 });
    const ensemble = await books.recordCandidate({ name: 'ensemble', modelKind: 'greedy', bases: [forest], parameters: 1, fit: '', artifacts: { model: await at.put('weights') } });
    await assert.rejects(at.activities.shrinkClassical({ candidate: ensemble, dataset: at.dataset, mostLost: 0.01 }), InternalError);
  });

  it('measure a variant by the file that answers for it', async () => {
    const variant = await books.recordCandidate({ name: 'mine', modelKind: 'onnx', of: network, parameters: 1, fit: '', artifacts: { model: await at.put('layers'), tflite: await at.put('tflite file'), onnx: await at.put('onnx file') } });
    const measured = await at.activities.measure({ candidate: variant, dataset: at.dataset, images: 5 });
    assert.equal(measured.step, 'measure-onnx');
    assert.deepEqual(await at.given(measured), { onnx: ['onnx file'], images: ['test images 0'] });
  });
});
