import assert from 'node:assert/strict';
import { createRunActivities } from '../../activities/create-run-activities.js';
import { createStepActivities } from '../../activities/create-step-activities.js';
import { predictImages } from '../../activities/predict-images.js';
import { loadSteps } from '../../activities/step-catalogue.js';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { evaluateNetwork } from '../../ml/export/network/evaluate-network.js';
import type { NetworkGraph } from '../../ml/export/network/network-graph.js';
import { writeNetwork } from '../../ml/export/onnx/write-network.js';
import { writeTflite } from '../../ml/export/tflite/write-tflite.js';
import { serveTflite } from '../../ml/serving/serve-tflite.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import { ENSEMBLE_METHODS } from '../../shared/ensemble-methods.js';
import type { ModelConfig } from '../../shared/config.js';
import type { FittedModel, StepActivities } from '../../shared/contracts/steps.js';
import type { DatasetManifest } from '../../shared/dataset.js';
import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import { quantisedCnn, randomCnn } from '../ml/compression/random-cnn.js';
import type { StepWorld } from '../support/step-world.js';
import { litertPath } from '../support/litert-path.js';
import { stepWorld } from '../support/step-world.js';
import { xgboostPath } from '../support/xgboost-path.js';

describe('predictImages, with the built steps', () => {
  let world: StepWorld;
  before(async () => {
    const made = await stepWorld({});
    world = { ...made, deps: { ...made.deps, native: { paths: { xgboost: xgboostPath(), litert: litertPath() }, versions: {} }, steps: await loadSteps() } };
  });
  after(() => world.close());

  const ROWS = 40;
  /** Digit d is a bar at height 2 d. */
  const pixels = Uint8Array.from({ length: ROWS * 784 }, (_, i) => (Math.floor((i % 784) / 28) >> 1 === Math.floor(i / 784) % 10 ? 250 - (i % 7) : 0));

  interface Fitted {
    readonly fitted: FittedModel;
    readonly testProba: ArtifactRef;
  }
  let activities: StepActivities;
  let dataset: ArtifactRef;
  let features: ArtifactRef;
  before(async () => {
    activities = createStepActivities(world.deps);
    const put = (data: Uint8Array, shape: number[]): Promise<ArtifactRef> => world.store.put(encodeNpy(data, shape), MEDIA.npy);
    const images = [{ ref: await put(pixels, [ROWS, 28, 28]), rows: ROWS }];
    const labels = await put(Uint8Array.from({ length: ROWS }, (_, i) => i % 10), [ROWS]);
    const half = { rows: ROWS, images, labels };
    const manifest: DatasetManifest = { kind: 'dataset', width: 28, height: 28, classes: 10, validationRows: 20, train: half, test: half };
    dataset = await world.store.put(new TextEncoder().encode(JSON.stringify(manifest)), MEDIA.json);
    const extracted = await activities.extractFeatures({ dataset, split: 'train', shard: 0, families: ['zoning'] });
    const index = await activities.indexFeatures({ families: ['zoning'], train: [extracted.key], test: [extracted.key], augmented: [], dataset });
    features = index.outputs['features'] as ArtifactRef;
  });

  async function fit(name: string, input: ModelConfig['input']): Promise<Fitted> {
    const config: ModelConfig = { kind: 'logistic-regression', input, params: {}, device: 'cpu', rows: 'original' };
    const { outputs } = await activities.fitModel({ name, dataset, features, model: config, randomState: 1, progressTo: 'none' });
    const { model, validationProba } = outputs as Record<'model' | 'validationProba', ArtifactRef>;
    const fitted = { name, config, model, validationProba };
    const predicted = await activities.predictTest({ fitted, dataset, features });
    return { fitted, testProba: predicted.outputs['testProba'] as ArtifactRef };
  }
  const stored = async (proba: ArtifactRef | undefined): Promise<number[]> => [...(decodeNpy(await world.store.get(proba as ArtifactRef)).data as Float32Array)];

  /** The pipeline judges what was trained, by what trained it; questions are answered by what serves it. */
  function assertClose(got: Float32Array, expected: readonly number[]): void {
    assert.equal(got.length, expected.length);
    assert.ok(got.every((value, i) => Math.abs(value - (expected[i] ?? NaN)) < 1e-5));
  }

  for (const input of ['pixels', ['zoning']] as const) {
    it(`gives the probabilities that the pipeline gives (${input === 'pixels' ? input : input.join()})`, async () => {
      const { fitted: { config, model }, testProba } = await fit('lr', input);
      const before = await world.store.listDocuments('');
      const proba = await predictImages(world.deps, { as: 'model', config, model }, pixels);
      assert.deepEqual([proba.rows, proba.columns], [ROWS, 10]);
      assertClose(proba.data, await stored(testProba));
      assert.deepEqual(await world.store.listDocuments(''), before, 'no trace in the store');
    });
  }

  for (const method of ENSEMBLE_METHODS) it(`answers with ${method} as the pipeline does, and only with its bases in its order`, async () => {
    const models = [await fit('of-pixels', 'pixels'), await fit('of-zones', ['zoning'])];
    const entries = models.map(({ fitted: { name, config, model, validationProba }, testProba }) => ({ name, modelKind: config.kind, config, artifacts: { model, validationProba, testProba }, parameters: 1, fit: '' }));
    const books = createRunActivities({ store: world.store, workflows: { executeUpdateWithStart: () => assert.fail('no pointer moves') } });
    const { outputs } = await activities.combine({ method, options: {}, bases: await Promise.all(entries.map(books.recordCandidate)), dataset, randomState: 1 });
    const meta = outputs['model'] as ArtifactRef;
    const { data } = await predictImages(world.deps, { as: 'stack', meta, bases: entries }, pixels);
    assertClose(data, await stored(outputs['testProba']));
    const swapped = predictImages(world.deps, { as: 'stack', meta, bases: entries.toReversed() }, pixels);
    await assert.rejects(swapped, (error) => error instanceof InvalidModelError && /of-pixels, of-zones.*got of-zones, of-pixels/.test(error.message));
  });

  it('answers with a .tflite file as LiteRT does', async () => {
    const network = randomCnn({ side: 28, convolutions: [{ kernel: [5, 5], channels: 4, padding: 'valid', stride: 2, pool: 2 }], hidden: [8] }, 3);
    const images = { rows: ROWS, columns: 784, data: pixels };
    const tflite = writeTflite(quantisedCnn(network, images));
    const { data } = await predictImages(world.deps, { as: 'tflite', tflite: await world.store.put(tflite, MEDIA.tflite) }, pixels);
    const served = serveTflite('network', tflite, { native: { litert: litertPath() } });
    assert.deepEqual(data, (await served.predictProba(images)).data);
    await served.dispose();
  });

  it('answers with an ONNX file as ONNX Runtime does', async () => {
    const dense = { type: 'dense', layer: 'scores', input: 1, kernel: 2, activation: 'linear', output: 3 } as const;
    const kernel = Float32Array.from({ length: 7840 }, (_, i) => Math.sin(i) / 10);
    const graph: NetworkGraph = {
      values: [{ name: 'images', shape: [28, 28, 1] }, { name: 'flat', shape: [784] }, { name: 'scores/kernel', shape: [784, 10], data: kernel }, { name: 'scores', shape: [10] }, { name: 'digits', shape: [10] }],
      operators: [{ type: 'reshape', layer: 'flat', input: 0, output: 1 }, dense, { type: 'softmax', layer: 'digits', input: 3, output: 4 }], input: 0, output: 4,
    };
    const onnx = writeNetwork(graph, { name: 'any', doc: '', metadata: {} });
    const { data } = await predictImages(world.deps, { as: 'onnx', onnx: await world.store.put(onnx, MEDIA.onnx) }, pixels);
    const expected = evaluateNetwork(graph, Float32Array.from(pixels.subarray(0, 784), (pixel) => pixel / 255));
    expected.forEach((value, digit) => assert.ok(Math.abs(value - (data[digit] ?? NaN)) < 1e-5, `${digit}: ${data[digit]}, expected ${value}`));
  });

  it('refuses pixels that are no whole images', async () => {
    const config: ModelConfig = { kind: 'cnn', input: 'pixels', params: {}, device: 'cpu', rows: 'original' };
    const model = await world.store.put(Uint8Array.of(1), MEDIA.binary);
    await assert.rejects(predictImages(world.deps, { as: 'model', config, model }, new Uint8Array(783)), InvalidDataError);
    await assert.rejects(predictImages(world.deps, { as: 'model', config, model }, new Uint8Array()), InvalidDataError);
  });
});
