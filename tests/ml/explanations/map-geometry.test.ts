import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { mapGeometry } from '../../../ml/explanations/map-geometry.js';
import { placeMap } from '../../../ml/explanations/place-map.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';

const SIDE = 20;

describe('mapGeometry', () => {
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });

  const ones = { kernelInitializer: 'ones', useBias: false } as const;
  const networks: Record<string, () => tfTypes.layers.Layer[]> = {
    'valid convolutions and pools': () => [tf.layers.conv2d({ inputShape: [SIDE, SIDE, 1], filters: 1, kernelSize: 3, ...ones }), tf.layers.averagePooling2d({ poolSize: 2 }), tf.layers.conv2d({ filters: 1, kernelSize: 3, ...ones })],
    'strides with padding, even and odd': () => [tf.layers.conv2d({ inputShape: [SIDE, SIDE, 1], filters: 1, kernelSize: 3, strides: 2, padding: 'same', ...ones }), tf.layers.conv2d({ filters: 1, kernelSize: 4, strides: 2, padding: 'same', ...ones })],
    'padding of its own': () => [tf.layers.zeroPadding2d({ inputShape: [SIDE, SIDE, 1], padding: [[2, 1], [2, 1]] }), tf.layers.conv2d({ filters: 1, kernelSize: 3, ...ones })],
    'stretched maps': () => [tf.layers.averagePooling2d({ inputShape: [SIDE, SIDE, 1], poolSize: 4 }), tf.layers.upSampling2d({ size: [2, 2] })],
  };
  for (const [name, layersOf] of Object.entries(networks)) {
    it(`is the middle of what a unit sees: ${name}`, () => {
      const model = tf.sequential({ layers: layersOf() });
      const { start, step } = mapGeometry(model.layers.at(-1) as tfTypes.layers.Layer);
      const size = (model.outputs[0]?.shape[1] ?? 0) as number;
      // Kernels of ones: what a unit sees has an equal gradient on both sides of its middle. Inner units see no edge.
      for (const unit of [Math.floor(size / 2) - 1, Math.floor(size / 2)]) {
        const seen = tf.tidy(() => tf.grad((x) => tf.sum(tf.slice(model.apply(x) as tfTypes.Tensor4D, [0, unit, unit, 0], [1, 1, 1, 1])))(tf.ones([1, SIDE, SIDE, 1])).dataSync() as Float32Array);
        const mass = seen.reduce((sum, value) => sum + value, 0);
        const middle = seen.reduce((sum, value, i) => sum + value * Math.floor(i / SIDE), 0) / mass;
        // Of a map that is stretched by copies, a unit sees what the one it copies sees: half a step away at most.
        const tolerance = name === 'stretched maps' ? step / 2 : 1e-4;
        assert.ok(Math.abs(start + unit * step - middle) <= tolerance, `unit ${unit} at ${start + unit * step}, sees ${middle}`);
      }
      model.dispose();
    });
  }

  it('knows the reach of dilated kernels, whose gradients TensorFlow.js does not have', () => {
    const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [SIDE, SIDE, 1], filters: 1, kernelSize: 3, dilationRate: 2 }), tf.layers.conv2d({ filters: 1, kernelSize: 3, dilationRate: 3, padding: 'same' })] });
    assert.deepEqual(mapGeometry(model.layers.at(-1) as tfTypes.layers.Layer), { start: 2, step: 1 });
    model.dispose();
  });
});

describe('placeMap', () => {
  it('puts each value where its unit looks, between them linearly, and falls to nothing beyond the outermost', () => {
    const placed = placeMap(Float32Array.of(4, 8, 12, 20), 2, { start: 3, step: 2 }, 9);
    const row = (y: number): number[] => [...placed.slice(9 * y, 9 * y + 9)];
    assert.deepEqual(row(3), [0, 0, 2, 4, 6, 8, 4, 0, 0]);
    assert.deepEqual(row(4), [0, 0, 4, 8, 11, 14, 7, 0, 0]);
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((y) => placed[9 * y + 3]), [0, 0, 2, 4, 8, 12, 6, 0, 0]);
  });
});
