import assert from 'node:assert/strict';
import type { CompressedOutput } from '../../../ml/compression/compressed-weights.js';
import { quantizeGraph } from '../../../ml/compression/quantize-graph.js';
import { trainedRanges } from '../../../ml/compression/trained-ranges.js';
import { compressNetwork } from '../../../ml/compression/training/compress-network.js';
import { lowerSavedNetwork } from '../../../ml/export/network/lower-saved-network.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { FitContext } from '../../../ml/models/model.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { model } from '../../../ml/models/tiny-cnn.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';
import { observedRanges } from '../export/tflite/observed-ranges.js';

const digits = toyDigits({ rows: 120, seed: 2 });
const data = {
  train: { x: rowsBetween(digits.x, 0, 100), labels: digits.labels.subarray(0, 100) },
  validation: { x: rowsBetween(digits.x, 100, 120), labels: digits.labels.subarray(100) },
};
const CONTEXT: FitContext = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };
const RECIPE = { batchSize: 20, maxShift: 0 };

describe('the export of a network that was trained on grids', function () {
  this.timeout(120_000);

  for (const activation of ['swish', 'leaky-relu'] as const) {
    it(`stores weights and activations as they were trained: ${activation}`, async () => {
      const fitted = await model.fit(data.train, data.validation, {
        ...model.defaults, ...RECIPE, epochs: 2, activation, stages: [{ kind: 'conv', filters: 4 }, { kind: 'pool' }, { kind: 'separable', filters: 5 }],
      }, CONTEXT);
      const { bytes, weights: { kernels, outputs } } = await compressNetwork(await fitted.save(), data, { quantize: { weights: 8, activations: 8 }, epochs: 2, recipe: RECIPE }, CONTEXT);
      fitted.dispose();
      const saved = readLayersModel(bytes);
      const graph = lowerSavedNetwork(saved);
      const images = [0, 1, 2].map((row) => Float32Array.from(digits.x.data.subarray(784 * row, 784 * row + 784), (value) => value / 255));
      const written = quantizeGraph(graph, trainedRanges(graph, outputs, observedRanges(graph, images)), { description: 'trial', metadata: {} });
      const tensor = (name: string): (typeof written.tensors)[number] => written.tensors.find((one) => one.name === name) ?? assert.fail(name);
      assert.deepEqual(outputs.map(({ layer }) => layer), ['conv1', activation === 'swish' ? 'swish1' : 'relu1', 'depthwise3', 'point3', activation === 'swish' ? 'swish3' : 'relu3', 'pool']);
      for (const { layer, scale, zeroPoint } of outputs) {
        const { quantization } = tensor(layer);
        assert.ok(Math.abs((quantization?.scales[0] ?? NaN) / scale - 1) < 1e-5, `${layer}: ${quantization?.scales[0]}, trained ${scale}`);
        assert.equal((quantization?.zeroPoints[0] ?? NaN) + 128, zeroPoint, layer);
      }
      for (const { name, codes } of kernels) {
        const stored = tensor(name);
        stored.quantization?.scales.forEach((scale, channel) => assert.ok(Math.abs(scale / (codes?.scales[channel] ?? NaN) - 1) < 1e-4, `${name}: ${scale}, trained ${codes?.scales[channel]}`));
        assert.deepEqual([...(stored.data ?? [])].sort((a, b) => a - b), [...(codes?.values ?? [])].sort((a, b) => a - b), name);
      }
    });
  }

  it('has observed ranges where nothing was trained', () => {
    const graph = { values: [{ name: 'images', shape: [1] }, { name: 'relu', shape: [1] }, { name: 'digits', shape: [1] }], operators: [], input: 0, output: 2 };
    const outputs: CompressedOutput[] = [{ layer: 'relu', bits: 4, scale: 0.5, zeroPoint: 3 }];
    assert.deepEqual([...trainedRanges(graph, outputs, new Map([[1, [0, 1]], [2, [-4, 4]]]))], [[1, [-1.5, 6]], [2, [-4, 4]]]);
  });
});
