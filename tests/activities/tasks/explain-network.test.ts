import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import explainNetwork from '../../../activities/tasks/explain-network.process.js';
import { decodeNpz } from '../../../ml/data/npz.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { model as cnn } from '../../../ml/models/cnn.js';
import { cbamCnn } from '../../../ml/networks/cbam-cnn.js';
import { denseNetwork } from '../../../ml/networks/dense-network.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { explanationsSection } from '../../../ml/reports/explanations-section.js';
import type { Explanations } from '../../../shared/analysis/explanations.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { MEDIA } from '../../../shared/artifact.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import type { StepOutput } from '../../../shared/step.js';
import { toyDigits } from '../../support/digits.js';
import { QUIET } from '../../support/fit-context.js';
import { nativePaths } from '../../support/native-paths.js';
import { runStep } from '../../support/run-step.js';

const ROWS = 60;
/** Rows whose label is changed to the next digit, so that a network that reads them rightly is in error. */
const CHANGED = [11, 34];

describe('the step explain-network', function () {
  this.timeout(60_000);
  const test = toyDigits({ rows: ROWS, seed: 5 });
  const labels = test.labels.map((label, row) => (CHANGED.includes(row) ? (label + 1) % 10 : label));
  let inputs: Record<string, Uint8Array[]>;
  let made: StepOutput & { readonly progress: readonly { fraction: number }[] };
  let explanations: Explanations;

  before(async () => {
    const train = toyDigits({ rows: 500, seed: 2 });
    const options = { ...cnn.defaults, epochs: 6, batchSize: 20, filters: [[4], [8, 8]], hidden: 24, learningRate: 0.015, dropout: 0, maxShift: 0 };
    const fitted = await cnn.fit({ x: rowsBetween(train.x, 0, 450), labels: train.labels.subarray(0, 450) }, { x: rowsBetween(train.x, 450, 500), labels: train.labels.subarray(450) }, options, { ...QUIET, native: nativePaths() });
    const proba = await fitted.predictProba(test.x);
    inputs = {
      model: [await fitted.save()], testProba: [encodeNpy(proba.data, [ROWS, 10])], testLabels: [encodeNpy(labels, [ROWS])],
      testImages: [encodeNpy(test.x.data.slice(0, 40 * 784), [40, 28, 28]), encodeNpy(test.x.data.slice(40 * 784), [20, 28, 28])],
    };
    fitted.dispose();
    made = await runStep(explainNetwork, { network: 'net', images: 10 }, inputs);
    explanations = JSON.parse(new TextDecoder().decode(made.outputs['explanations']?.bytes)) as Explanations;
  });

  it('explains a sure right answer of each digit, then the mistakes, surest first, against the true digit', () => {
    const { images, ...of } = explanations;
    assert.deepEqual(of, { kind: 'explanations', network: 'net', width: 28, height: 28, layer: { name: 'conv3', side: 9 } });
    assert.deepEqual(images.slice(0, 10).map(({ actual, predicted }) => [actual, predicted]), Array.from({ length: 10 }, (_, digit) => [digit, digit]));
    assert.ok(images.slice(0, 10).every(({ row, confidence, rival, actual }) => !CHANGED.includes(row) && confidence > 0.9 && rival !== actual));
    const mistakes = images.slice(10);
    assert.deepEqual(mistakes.map(({ row }) => row).sort((a, b) => a - b), CHANGED);
    assert.ok(mistakes.every(({ row, actual, rival, predicted }) => actual === labels[row] && rival === actual && predicted === test.labels[row]));
    assert.ok((mistakes[0]?.confidence ?? 0) >= (mistakes[1]?.confidence ?? 1));
  });

  it('shows each image, and three maps of it, the strongest place in full', () => {
    for (const { row, pixels, saliency, contributions, gradCam } of explanations.images) {
      assert.deepEqual(bytesOf(pixels), test.x.data.slice(784 * row, 784 * row + 784));
      for (const map of [saliency, gradCam]) assert.equal(Math.max(...bytesOf(map)), 255);
      assert.equal(Math.max(...bytesOf(contributions).map((level) => Math.abs(level - 128))), 127);
      bytesOf(contributions).forEach((level, i) => assert.ok(level === 128 || test.x.data[784 * row + i] !== 0, 'where there is no ink, none speaks for anything'));
    }
  });

  it('takes the report some tens of kilobytes', () => {
    const { length } = explanationsSection([explanations]).markup;
    assert.ok(length < 50_000, `${length} characters for ${explanations.images.length} images`);
  });

  it('keeps the maps as numbers, too', () => {
    const { arrays } = decodeNpz(made.outputs['maps']?.bytes ?? new Uint8Array(0));
    const shape = [explanations.images.length, 28, 28];
    assert.deepEqual(Object.entries(arrays).map(([name, array]) => [name, array.shape]), [['rows', shape.slice(0, 1)], ['saliency', shape], ['contributions', shape], ['gradCam', shape]]);
    assert.deepEqual([...(arrays['rows']?.data ?? [])], explanations.images.map(({ row }) => row));
  });

  it('shows where a network with attention looks, and no region of one without maps', async () => {
    const { tf } = await loadTensorFlow();
    const of = async (network: tfTypes.LayersModel): Promise<{ json: Explanations; arrays: string[] }> => {
      const { outputs } = await runStep(explainNetwork, { network: 'net', images: 2 }, { ...inputs, model: [encodeLayersModel(network, {})] });
      network.dispose();
      return { json: JSON.parse(new TextDecoder().decode(outputs['explanations']?.bytes)) as Explanations, arrays: Object.keys(decodeNpz(outputs['maps']?.bytes ?? new Uint8Array(0)).arrays) };
    };
    const cbam = await of(cbamCnn.build(tf, 28, { ...cbamCnn.defaults, filters: [[4], [4]], hidden: 8, ratio: 2 }, createInitializers(tf, 2)));
    assert.deepEqual([cbam.json.attention, cbam.json.layer?.name], [{ of: 'places', layers: 2 }, 'cbam2']);
    assert.ok(cbam.json.images.every(({ attention, gradCam }) => bytesOf(attention).length === 784 && bytesOf(gradCam).length === 784));
    assert.deepEqual(cbam.arrays, ['rows', 'saliency', 'contributions', 'gradCam', 'attention']);
    const dense = await of(denseNetwork.build(tf, 28, { hidden: [8], dropout: 0 }, createInitializers(tf, 2)));
    assert.deepEqual([dense.json.attention, dense.json.layer, dense.arrays], [undefined, undefined, ['rows', 'saliency', 'contributions']]);
  });

  it('gives the same bytes again, and ends its progress', async () => {
    assert.deepEqual((await runStep(explainNetwork, { network: 'net', images: 10 }, inputs)).outputs, made.outputs);
    assert.equal(made.progress.at(-1)?.fraction, 1);
    assert.deepEqual([made.outputs['explanations']?.mediaType, made.outputs['maps']?.mediaType], [MEDIA.json, MEDIA.npz]);
    assert.deepEqual(made.summary, { images: 12, mistakes: 2, layer: 'conv3' });
  });

  it('ends when it is cancelled', async () => {
    const cancelled = AbortSignal.abort(new Error('enough'));
    await assert.rejects(async () => runStep(explainNetwork, { network: 'net', images: 10 }, inputs, { signal: cancelled }), /enough/);
  });

  it('refuses a missing model, one that is none, and probabilities of other images', async () => {
    const attempt = async (changed: object): Promise<unknown> => runStep(explainNetwork, { network: 'net', images: 10 }, { ...inputs, ...changed });
    await assert.rejects(attempt({ model: [] }), (error) => error instanceof InvalidDataError && /no model was given/.test(error.message));
    await assert.rejects(attempt({ model: [Uint8Array.of(1, 2)] }), InvalidModelError);
    await assert.rejects(attempt({ testProba: [encodeNpy(new Float32Array(20).fill(0.1), [2, 10])] }), (error) => error instanceof InvalidDataError && /2 probabilities of net for 60 test images/.test(error.message));
  });
});

function bytesOf(base64: string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(base64 ?? '', 'base64'));
}
