import assert from 'node:assert/strict';
import { TFLITE_FORMS, tfliteFile } from '../../ml/compression/tflite-forms.js';
import type { TfliteForm } from '../../ml/compression/tflite-forms.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { evaluateNetwork } from '../../ml/export/network/evaluate-network.js';
import { lowerNetwork } from '../../ml/export/network/lower-network.js';
import { lowerSavedNetwork } from '../../ml/export/network/lower-saved-network.js';
import type { NetworkGraph } from '../../ml/export/network/network-graph.js';
import { rowsBetween } from '../../ml/matrix.js';
import { model as cnn } from '../../ml/models/cnn.js';
import type { Classifier } from '../../ml/models/model.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { model as tinyCnn } from '../../ml/models/tiny-cnn.js';
import { model as visionTransformer } from '../../ml/models/vision-transformer.js';
import { registerLayers } from '../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { randomImages, randomNetwork } from '../ml/export/network/random-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { loweredNetwork, wholePixels } from '../ml/export/tflite/lowered-networks.js';
import { observedRanges } from '../ml/export/tflite/observed-ranges.js';
import { layerCases, layerNetwork } from '../ml/graph/layer-cases.js';
import { mnistSubset } from '../support/digits.js';
import { nativePaths } from '../support/native-paths.js';
import { runNetworks } from './run-networks.js';

const FACTS = { description: 'a network', metadata: { labels: '["0","1"]', licence: 'MIT' } };

/** How far probabilities may be from those of float, at weights that no training has fitted to anything. */
const TOLERANCES: Readonly<Record<TfliteForm, number>> = { float32: 1e-4, float16: 2e-3, dynamic: 0.03, dynamic4: 0.5, int8: 0.04, 'int8-weights4': 0.5 };

const KEPT: Readonly<Record<TfliteForm, number>> = { float32: 0.998, float16: 0.996, dynamic: 0.975, int8: 0.975, dynamic4: 0.9, 'int8-weights4': 0.9 };

/** A network in every form. */
function filesOf(graph: NetworkGraph, calibration: readonly Float32Array[], forms: readonly TfliteForm[] = TFLITE_FORMS): Record<string, Uint8Array> {
  const ranges = observedRanges(graph, calibration);
  return Object.fromEntries(forms.map((form) => [form, tfliteFile(graph, form, FACTS, ranges)]));
}

function assertNear(given: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(given.length, expected.length, what);
  const largest = Math.max(...Array.from(expected, (value, i) => Math.abs(value - (given[i] ?? NaN))));
  assert.ok(largest <= tolerance, `${what}: ${largest} apart, ${tolerance} allowed`);
}

describe('LiteRT on .tflite files of any network', function () {
  this.timeout(240_000);

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`gives the float evaluation's probabilities, for a batch, in every form: ${name}`, async () => {
      const { graph, images } = await loweredNetwork(name, 6);
      const expected = images.flatMap((image) => [...evaluateNetwork(graph, image)]);
      const { probabilities, facts } = await runNetworks(filesOf(graph, images), images, graph.values[graph.input]?.shape ?? []);
      for (const form of TFLITE_FORMS) {
        probabilities[form]?.forEach((given, resolver) => assertNear(given, expected, TOLERANCES[form], `${form}, resolver ${resolver}`));
        assert.deepEqual(facts[form], FACTS);
      }
    });
  }

  it('gives the float evaluation\'s probabilities for every kind of layer, in float32 and int8', async () => {
    const { tf } = await loadTensorFlow();
    const graphs = layerCases().map(([, , middle]) => {
      const built = layerNetwork(tf, registerLayers(tf), middle);
      const network = randomNetwork(built, 7);
      built.dispose();
      return { graph: lowerNetwork(network.topology, network.weights), images: randomImages(network, 4, 3).map(wholePixels) };
    });
    const [first] = graphs;
    assert.ok(first);
    const files = Object.fromEntries(graphs.flatMap(({ graph, images }, index) =>
      Object.entries(filesOf(graph, images, ['float32', 'int8'])).map(([form, bytes]) => [`${index}-${form}`, bytes]),
    ));
    const { probabilities } = await runNetworks(files, first.images, [8, 8, 1]);
    graphs.forEach(({ graph, images }, index) => {
      const expected = images.flatMap((image) => [...evaluateNetwork(graph, image)]);
      for (const form of ['float32', 'int8'] as const) {
        for (const given of probabilities[`${index}-${form}`] ?? []) assertNear(given, expected, TOLERANCES[form], `${layerCases()[index]?.slice(0, 2).join(', ')} in ${form}`);
      }
    });
  });

  const digits = mnistSubset({ split: 'train', from: 0, to: 5_000 });
  const rows = (from: number, to: number): { x: typeof digits.x; labels: Uint8Array } => ({ x: rowsBetween(digits.x, from, to), labels: digits.labels.subarray(from, to) });
  const context = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => {} };
  /** A fit, and which part of its labels each form must keep; the transformer has seen too few images to be sure of its own. */
  const trained: Readonly<Record<string, readonly [fit: () => Promise<Classifier>, kept: Readonly<Record<TfliteForm, number>>]>> = {
    'cnn': [() => cnn.fit(rows(0, 4_000), rows(4_000, 4_500), { ...cnn.defaults, filters: [[8], [16]], hidden: 32, epochs: 3 }, context), KEPT],
    'tiny-cnn': [() => tinyCnn.fit(rows(0, 4_000), rows(4_000, 4_500), { ...tinyCnn.defaults, epochs: 4 }, context), KEPT],
    'vision-transformer': [() => visionTransformer.fit(rows(0, 4_000), rows(4_000, 4_500), { ...visionTransformer.defaults, width: 24, depth: 2, heads: 3, hidden: 48, epochs: 5 }, context), { ...KEPT, dynamic: 0.93, int8: 0.93, dynamic4: 0.6, 'int8-weights4': 0.6 }],
  };
  for (const [name, [fit, least]] of Object.entries(trained)) {
    it(`keeps a trained network's labels: ${name}`, async () => {
      const network = await fit();
      const saved = readLayersModel(await network.save());
      const graph = lowerSavedNetwork(saved);
      const { x } = rows(4_500, 5_000);
      const image = (row: number, { data, columns }: typeof x): Float32Array => Float32Array.from(data.subarray(row * columns, (row + 1) * columns), (pixel) => pixel / 255);
      const expected = argmaxRows(await network.predictProba(x));
      network.dispose();
      const files = filesOf(graph, Array.from({ length: 40 }, (_, i) => image(i * 100, rows(0, 4_000).x)));
      const { probabilities } = await runNetworks(files, Array.from({ length: x.rows }, (_, row) => image(row, x)), [28, 28, 1]);
      for (const form of TFLITE_FORMS) {
        for (const data of probabilities[form] ?? []) {
          const labels = argmaxRows({ rows: x.rows, columns: data.length / x.rows, data });
          const kept = expected.filter((label, row) => label === labels[row]).length / x.rows;
          assert.ok(kept >= least[form], `${form}: ${kept} of the labels kept, ${least[form]} expected`);
        }
      }
    });
  }
});
