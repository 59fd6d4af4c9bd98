import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { attentionMaps } from '../../../ml/explanations/attention-maps.js';
import type { AttentionMaps } from '../../../ml/explanations/attention-maps.js';
import { attentionRollout } from '../../../ml/explanations/attention-rollout.js';
import { scoredNetwork } from '../../../ml/explanations/scored-network.js';
import { cbamCnn } from '../../../ml/networks/cbam-cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { registerLayers } from '../../../ml/networks/layers/register-layers.js';
import { selfAttentionCnn } from '../../../ml/networks/self-attention-cnn.js';
import { seCnn } from '../../../ml/networks/se-cnn.js';
import { visionTransformer } from '../../../ml/networks/vision-transformer.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';

describe('attentionRollout', () => {
  it('is the product of the layers, each half its shares and half the shortcut, asked by the answer', () => {
    // First layer: token 0 asks 1, token 1 asks itself. Second: both ask token 0.
    const [first, second] = [Float32Array.of(0, 1, 0, 1), Float32Array.of(1, 0, 1, 0)];
    // (1/2 I + 1/2 second) = [[1, 0], [1/2, 1/2]]; times (1/2 I + 1/2 first) = [[1/2, 1/2], [0, 1]] is [[1/2, 1/2], [1/4, 3/4]].
    assert.deepEqual([...attentionRollout([first, second], Float32Array.of(1, 0))], [0.5, 0.5]);
    assert.deepEqual([...attentionRollout([first, second], Float32Array.of(0, 1))], [0.25, 0.75]);
    assert.deepEqual([...attentionRollout([], Float32Array.of(0.2, 0.8))].map((part) => part.toFixed(3)), ['0.200', '0.800']);
  });

  it('refuses shares of another number of tokens', () => {
    assert.throws(() => attentionRollout([new Float32Array(9)], new Float32Array(2)), InvalidDataError);
  });
});

describe('attentionMaps', function () {
  this.timeout(60_000);
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });
  const initializers = (): ReturnType<typeof createInitializers> => createInitializers(tf, 3);
  const mapsOf = (model: tfTypes.LayersModel, side: number, rows: readonly Float32Array[]): AttentionMaps | undefined =>
    attentionMaps(tf, scoredNetwork(tf, model), { rows: rows.length, columns: side * side, data: Float32Array.from(rows.flatMap((row) => [...row])) });
  /** Ink in one square of 2 x 2 pixels. */
  const inked = (side: number, top: number, left: number): Float32Array =>
    Float32Array.from({ length: side * side }, (_, i) => ([top, top + 1].includes(Math.floor(i / side)) && [left, left + 1].includes(i % side) ? 1 : 0));
  const set = (model: tfTypes.LayersModel, layer: string, weights: readonly (readonly [readonly number[], readonly number[]])[]): void =>
    tf.tidy(() => model.getLayer(layer).setWeights(weights.map(([values, shape]) => tf.tensor([...values], [...shape]))));

  it('lights the place that every token asks', () => {
    const { multiHeadSelfAttention, sequencePooling } = registerLayers(tf);
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'patches', inputShape: [8, 8, 1], filters: 1, kernelSize: 2, strides: 2, useBias: false }), tf.layers.reshape({ targetShape: [16, 1] }),
        multiHeadSelfAttention({ name: 'ask', heads: 1, keyDim: 1 }), sequencePooling({}), tf.layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    set(model, 'patches', [[[0.25, 0.25, 0.25, 0.25], [2, 2, 1, 1]]]);
    // Every token asks with 1 for keys that are 5 times its ink: the inked one gets exp(5) shares where the others get 1 each.
    set(model, 'ask', [[[0, 5, 0], [1, 3]], [[1, 0, 0], [3]], [[0], [1, 1]], [[0], [1]]]);
    const found = mapsOf(model, 8, [inked(8, 2, 4), inked(8, 6, 0)]) ?? assert.fail('no attention was found');
    assert.deepEqual([found.of, found.layers], ['tokens', 1]);
    // Half of the shares less those of the least token; the shortcut's half is the same for all. A pixel is a quarter of a step from its token.
    const peak = (0.5 * (Math.exp(5) - 1)) / (Math.exp(5) + 15) * 0.75 ** 2;
    for (const [row, [top, left]] of [[2, 4], [6, 0]].entries()) {
      const map = found.maps.data.subarray(64 * row, 64 * row + 64);
      assert.ok(Math.abs((map[8 * (top ?? 0) + (left ?? 0)] ?? NaN) - peak) < 1e-5, `${map[8 * (top ?? 0) + (left ?? 0)]} for ${peak}`);
      assert.ok(map.every((value, i) => value <= peak + 1e-6 && (Math.abs(Math.floor(i / 8) - (top ?? 0) - 0.5) < 2 && Math.abs((i % 8) - (left ?? 0) - 0.5) < 2 || value < 1e-6)));
    }
    model.dispose();
  });

  it('takes the shares of the pooling for what the answer asks', () => {
    const model = visionTransformer.build(tf, 28, { ...visionTransformer.defaults, width: 8, heads: 2, depth: 2, hidden: 8 }, initializers());
    const rows = [toyDigits({ rows: 1, seed: 1 }).x.data].map((pixels) => Float32Array.from(pixels, (ink) => ink / 255));
    const plain = mapsOf(model, 28, rows);
    assert.deepEqual([plain?.of, plain?.layers], ['tokens', 2]);
    set(model, 'pool', [[[9, -9, 9, -9, 9, -9, 9, -9], [8, 1]]]);
    const pooled = mapsOf(model, 28, rows);
    assert.ok(plain && pooled && pooled.maps.data.some((value, i) => value > 3 * (plain.maps.data[i] ?? 0) + 0.01));
    model.dispose();
  });

  it('finds the self-attention of a CNN between its maps, and the places of CBAM, averaged over its blocks', () => {
    const trunk = { filters: [[4, 4], [6, 6]], hidden: 8, dropout: 0, attention: true };
    const own = selfAttentionCnn.build(tf, 28, { ...selfAttentionCnn.defaults, ...trunk }, initializers());
    const cbam = cbamCnn.build(tf, 28, { ...cbamCnn.defaults, ...trunk, ratio: 2 }, initializers());
    const image = inked(28, 8, 18);
    const asked = mapsOf(own, 28, [image]);
    assert.deepEqual([asked?.of, asked?.layers], ['tokens', 1]);
    // The first block's places are even, the second's are lit by the largest channel.
    const kernel = (value: number): [number[], number[]] => [Array.from({ length: 98 }, (_, i) => (i === 49 ? value : 0)), [7, 7, 2, 1]];
    const withKernel = (layer: string, value: number): void => tf.tidy(() => {
      const weights = cbam.getLayer(layer).getWeights();
      cbam.getLayer(layer).setWeights([...weights.slice(0, -1), tf.tensor(...kernel(value))]);
    });
    withKernel('cbam1', 0);
    withKernel('cbam2', 10_000); // all or half
    const lit = mapsOf(cbam, 28, [image]) ?? assert.fail('no attention was found');
    withKernel('cbam2', 0);
    const even = mapsOf(cbam, 28, [image]);
    assert.deepEqual([lit.of, lit.layers, even?.of], ['places', 2, 'places']);
    assert.ok(even?.maps.data.every((value) => value === 0));
    const { data } = lit.maps;
    const brightest = data.indexOf(Math.max(...data));
    assert.ok(Math.max(...data) > 0.13 && Math.max(...data) <= 0.25, `${Math.max(...data)}: half of a sigmoid's range, over two blocks`);
    assert.ok(Math.abs(Math.floor(brightest / 28) - 8.5) < 5 && Math.abs((brightest % 28) - 18.5) < 5, `brightest at ${brightest % 28}, ${Math.floor(brightest / 28)}`);
    for (const each of [own, cbam]) each.dispose();
  });

  it('is nothing for a network that attends to channels alone, or not at all', () => {
    const options = { ...seCnn.defaults, filters: [[4], [4]], hidden: 8, ratio: 2 };
    for (const attention of [true, false]) {
      const model = seCnn.build(tf, 28, { ...options, attention }, initializers());
      assert.equal(mapsOf(model, 28, [inked(28, 3, 3)]), undefined);
      model.dispose();
    }
  });

  it('leaves no tensor behind, and is the same again', () => {
    const model = cbamCnn.build(tf, 28, { ...cbamCnn.defaults, filters: [[4], [4]], hidden: 8, ratio: 2 }, initializers());
    const once = mapsOf(model, 28, [inked(28, 3, 3)]);
    const before = tf.memory().numTensors;
    assert.deepEqual(mapsOf(model, 28, [inked(28, 3, 3)]), once);
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
});
