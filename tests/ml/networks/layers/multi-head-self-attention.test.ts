import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { testLayerContract } from './layer.contract.js';

describe('MultiHeadSelfAttention', () => {
  testLayerContract({
    make: (tf, name) => registerLayers(tf).multiHeadSelfAttention({ name, heads: 2, keyDim: 3, seed: 5 }),
    className: 'MultiHeadSelfAttention',
    config: { heads: 2, key_dim: 3, seed: 5 },
    input: [2, 4, 5],
    output: [2, 4, 5],
    weights: { qkv_kernel: [5, 18], qkv_bias: [18], output_kernel: [6, 5], output_bias: [5] },
    bad: [
      [(tf) => registerLayers(tf).multiHeadSelfAttention({ heads: 0 }), /heads is 0: expected a whole number of at least 1/],
      [(tf) => registerLayers(tf).multiHeadSelfAttention({ keyDim: 2.5 }), /keyDim is 2.5/],
    ],
  });

  it('is softmax(Q K / sqrt(keyDim)) V, head by head, as written out in loops', async () => {
    const { tf } = await loadTensorFlow();
    const [n, tokens, width, heads, keyDim] = [2, 4, 5, 2, 3];
    const layer = registerLayers(tf).multiHeadSelfAttention({ heads, keyDim, seed: 5 });
    const x = tf.randomNormal([n, tokens, width], 0, 1, 'float32', 9) as tfTypes.Tensor3D;
    const output = (layer.apply(x) as tfTypes.Tensor3D).arraySync();
    const shares = (layer.attentionMaps(x)['tokens'] as tfTypes.Tensor4D).arraySync();
    const [qkv, , project] = layer.getWeights().map((weight) => weight.arraySync()) as [number[][], number[], number[][]];
    const at = (rows: readonly (readonly number[])[], i: number, j: number): number => rows[i]?.[j] ?? Number.NaN;
    x.arraySync().forEach((rows, image) => {
      const projected = rows.map((row) => Array.from({ length: 18 }, (_, column) => row.reduce((sum, value, i) => sum + value * at(qkv, i, column), 0)));
      const sums = rows.map(() => new Array<number>(width).fill(0));
      for (let head = 0; head < heads; head++) {
        const part = (which: number, token: number): number[] => (projected[token] ?? []).slice((which * heads + head) * keyDim, (which * heads + head + 1) * keyDim);
        for (let asking = 0; asking < tokens; asking++) {
          const scores = rows.map((_, asked) => Math.exp(part(0, asking).reduce((sum, q, i) => sum + q * (part(1, asked)[i] ?? 0), 0) / Math.sqrt(keyDim)));
          const total = scores.reduce((sum, score) => sum + score, 0);
          scores.forEach((score, asked) => {
            const share = shares[image]?.[head]?.[asking]?.[asked] ?? Number.NaN;
            assert.ok(Math.abs(share - score / total) < 1e-5, `share ${share}, expected ${score / total}`);
            part(2, asked).forEach((value, i) => {
              for (let column = 0; column < width; column++) (sums[asking] as number[])[column] = at(sums, asking, column) + (score / total) * value * at(project, head * keyDim + i, column);
            });
          });
        }
      }
      sums.forEach((row, token) => row.forEach((sum, column) => {
        const value = at(output[image] ?? [], token, column);
        assert.ok(Math.abs(value - sum) < 1e-5, `image ${image}, token ${token}: ${value}, expected ${sum}`);
      }));
    });
  });
});
