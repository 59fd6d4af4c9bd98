import assert from 'node:assert/strict';
import { codeOf, SMALLEST_STEP, stepOfLargest, weightGrid } from '../../../ml/graph/transforms/code-grid.js';
import type { CodeGrid } from '../../../ml/graph/transforms/code-grid.js';
import { transformedLayout } from '../../../ml/graph/transforms/network-transforms.js';
import type { NetworkTransforms, WeightTransform } from '../../../ml/graph/transforms/network-transforms.js';
import { readTopology } from '../../../ml/graph/topology.js';
import { compileTraining } from '../../../ml/graph/training-graph.js';
import { layOutWeights } from '../../../ml/graph/weight-layout.js';
import type { WeightPlace } from '../../../ml/graph/weight-layout.js';
import { createRandom } from '../../../ml/random.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { nativePaths } from '../../support/native-paths.js';
import { BATCH, CLASSES, stepOnce } from './eager-oracle.js';
import type { StepValues } from './eager-oracle.js';

const random = createRandom(8);
const draw = (length: number): Float32Array => Float32Array.from({ length }, () => 0.5 * random.normal());
const IMAGES = draw(BATCH * 36).map(Math.abs);
const TARGETS = Float32Array.from({ length: BATCH * CLASSES }, (_, i) => (i % CLASSES === Math.floor(i / CLASSES) % CLASSES ? 0.9 : 0.05));
const NONE: NetworkTransforms = { weights: new Map(), activations: new Map() };

/** Images [6, 6, 1], a convolution of three filters, a depthwise one, relu, a pool, a dense softmax. */
async function network() {
  const { tf } = await loadTensorFlow();
  const { layers } = tf;
  const model = tf.sequential({ layers: [
    layers.conv2d({ name: 'conv', inputShape: [6, 6, 1], filters: 3, kernelSize: 3, activation: 'relu', biasInitializer: 'ones' }),
    layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
    layers.depthwiseConv2d({ name: 'deep', kernelSize: 2, useBias: false }),
    layers.flatten({ name: 'flat' }),
    layers.dense({ name: 'digits', units: CLASSES, activation: 'softmax' }),
  ] });
  const layout = layOutWeights(model);
  const topology = readTopology(model.toJSON(null, false));
  model.dispose();
  return {
    layout,
    place: (name: string): WeightPlace => layout.trained.find((one) => one.name === name) ?? assert.fail(name),
    step: async (weights: Float32Array, transforms: NetworkTransforms): Promise<StepValues> => stepOnce(
      compileTraining(loadTensorFlowLibrary(nativePaths().tensorflow), topology, layout, {
        batchSize: BATCH, optimiser: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 }, clipNorm: 0, averaging: false, computeType: 'float32', transforms,
      }), { weights, moving: new Float32Array(0) }, IMAGES, TARGETS),
  };
}

const near = (ours: ArrayLike<number>, theirs: ArrayLike<number>, what: string): void => {
  assert.equal(ours.length, theirs.length, what);
  Array.from(ours).forEach((value, i) => assert.ok(Math.abs(value - (theirs[i] ?? NaN)) < 2e-6, `${what} ${i}: ${value}, expected ${theirs[i]}`));
};
const gridOf = (codes: CodeGrid, step: 'largest' | 'learnt'): WeightTransform => ({ grid: { codes, step } });
const onlyWeight = (name: string, transform: WeightTransform): NetworkTransforms => ({ weights: new Map([[name, transform]]), activations: new Map() });

describe('a network whose layers see a function of what is trained', function () {
  this.timeout(60_000);

  it('sees pruned weights as zeros, which get no gradient', async () => {
    const { layout, place, step } = await network();
    const weights = draw(layout.parameters);
    const { offset, length } = place('conv/kernel');
    for (let i = offset; i < offset + length; i += 2) weights[i] = 0;
    const [plain, sparse] = [await step(weights, NONE), await step(weights, onlyWeight('conv/kernel', { sparse: true }))];
    assert.equal(sparse.loss, plain.loss);
    near(sparse.gradient, plain.gradient.map((value, i) => (i >= offset && i < offset + length && weights[i] === 0 ? 0 : value)), 'gradient');
    assert.ok(plain.gradient.some((value, i) => value !== sparse.gradient[i]));
  });

  it('sees weights on the grid whose step is that of the largest in each channel', async () => {
    const { layout, place, step } = await network();
    for (const name of ['conv/kernel', 'deep/depthwise_kernel', 'digits/kernel']) {
      const weights = draw(layout.parameters);
      const { offset, length, shape } = place(name);
      const codes = weightGrid(3);
      const channels = name === 'deep/depthwise_kernel' ? 3 : (shape.at(-1) ?? 0);
      const seen = weights.slice();
      for (let channel = 0; channel < channels; channel++) {
        const members = Array.from({ length: length / channels }, (_, i) => offset + channel + i * channels);
        const largest = Math.max(...members.map((i) => Math.abs(weights[i] ?? NaN)));
        const size = Math.max(Math.fround(largest * Math.fround(stepOfLargest(codes.high))), SMALLEST_STEP);
        for (const i of members) seen[i] = codeOf(weights[i] ?? NaN, size, codes) * size;
      }
      const [expected, got] = [await step(seen, NONE), await step(weights, onlyWeight(name, gridOf(codes, 'largest')))];
      near([got.loss], [expected.loss], `loss with ${name}`);
      near(got.answers, expected.answers, `answers with ${name}`);
      near(got.gradient, expected.gradient, `gradient with ${name}`);
    }
  });

  it('learns the step of each channel', async () => {
    const { layout, place, step } = await network();
    const transforms = onlyWeight('digits/kernel', gridOf(weightGrid(3), 'learnt'));
    const trained = transformedLayout(layout, transforms);
    assert.equal(trained.parameters, layout.parameters + CLASSES);
    const { offset, length } = place('digits/kernel');
    const logarithms = [-1.5, -1, -2.5];
    const plain = draw(layout.parameters);
    const seen = plain.slice();
    for (let i = offset; i < offset + length; i++) {
      const size = Math.exp(logarithms[(i - offset) % CLASSES] ?? NaN);
      seen[i] = codeOf(plain[i] ?? NaN, size, weightGrid(3)) * size;
    }
    const steps = trained.trained.find(({ name }) => name === 'digits/kernel:steps') ?? assert.fail();
    const weights = new Float32Array(trained.parameters);
    weights.set(plain.subarray(0, steps.offset));
    weights.set(logarithms, steps.offset);
    weights.set(plain.subarray(steps.offset), steps.offset + CLASSES);
    const [expected, got] = [await step(seen, NONE), await step(weights, transforms)];
    near([got.loss], [expected.loss], 'loss');
    const wanted = new Float32Array(trained.parameters);
    wanted.set(expected.gradient.subarray(0, steps.offset));
    wanted.set(expected.gradient.subarray(steps.offset), steps.offset + CLASSES);
    for (let i = offset; i < offset + length; i++) {
      const channel = (i - offset) % CLASSES;
      const size = Math.exp(logarithms[channel] ?? NaN);
      const scaled = (plain[i] ?? NaN) / size;
      const code = codeOf(plain[i] ?? NaN, size, weightGrid(3));
      if (Math.abs(scaled) > 3) wanted[i] = 0;
      const at = steps.offset + channel;
      wanted[at] = (wanted[at] ?? NaN) + ((expected.gradient[i] ?? NaN) * size * (Math.abs(scaled) > 3 ? code : code - scaled)) / Math.sqrt((length / CLASSES) * 3);
    }
    near(got.gradient, wanted, 'gradient');
  });

  it('sums the gradient of shared weights for each centroid', async () => {
    const { layout, place, step } = await network();
    const { offset, length } = place('digits/kernel');
    const assignment = Int32Array.from({ length }, (_, i) => (i % 5) - 1);
    const transforms = onlyWeight('digits/kernel', { shared: { centroids: 4, assignment } });
    const trained = transformedLayout(layout, transforms);
    assert.equal(trained.parameters, layout.parameters - length + 4);
    const plain = draw(layout.parameters);
    const centroids = Float32Array.of(-0.4, 0.1, 0.3, 0.7);
    const seen = plain.slice();
    assignment.forEach((index, i) => (seen[offset + i] = index < 0 ? 0 : (centroids[index] ?? NaN)));
    const weights = Float32Array.from([...plain.subarray(0, offset), ...centroids, ...plain.subarray(offset + length)]);
    const [expected, got] = [await step(seen, NONE), await step(weights, transforms)];
    near([got.loss], [expected.loss], 'loss');
    const sums = new Float32Array(4);
    assignment.forEach((index, i) => (index < 0 ? undefined : (sums[index] = (sums[index] ?? NaN) + (expected.gradient[offset + i] ?? NaN))));
    near(got.gradient, [...expected.gradient.subarray(0, offset), ...sums, ...expected.gradient.subarray(offset + length)], 'gradient');
  });

  it('prunes, shares and quantises one after the other', async () => {
    const { layout, place, step } = await network();
    const [conv, digits] = [place('conv/kernel'), place('digits/kernel')];
    const assignment = Int32Array.from({ length: digits.length }, (_, i) => (i % 3) - 1);
    const transforms: NetworkTransforms = { activations: new Map(), weights: new Map([
      ['conv/kernel', { sparse: true, ...gridOf(weightGrid(2), 'largest') }],
      ['digits/kernel', { shared: { centroids: 2, assignment }, ...gridOf(weightGrid(8), 'largest') }],
    ]) };
    const plain = draw(layout.parameters);
    for (let i = conv.offset; i < conv.offset + conv.length; i += 2) plain[i] = 0;
    const seen = plain.slice();
    for (let channel = 0; channel < 3; channel++) {
      const members = Array.from({ length: conv.length / 3 }, (_, i) => conv.offset + channel + 3 * i);
      const size = Math.max(...members.map((i) => Math.abs(plain[i] ?? NaN))) * stepOfLargest(3);
      for (const i of members) if (seen[i] !== 0) seen[i] = codeOf(plain[i] ?? NaN, size, weightGrid(2)) * size;
    }
    const size = 0.5 * stepOfLargest(127);
    const centroids = [0.5, -0.2].map((value) => codeOf(value, size, weightGrid(8)) * size);
    assignment.forEach((index, i) => (seen[digits.offset + i] = index < 0 ? 0 : (centroids[index] ?? NaN)));
    const weights = Float32Array.from([...plain.subarray(0, digits.offset), 0.5, -0.2, ...plain.subarray(digits.offset + digits.length)]);
    const [expected, got] = [await step(seen, NONE), await step(weights, transforms)];
    near([got.loss], [expected.loss], 'loss');
    near(got.answers, expected.answers, 'answers');
  });

  it('puts outputs on their grids, before a pool or after it, with a gradient for the step', async () => {
    const { layout, step } = await network();
    const grid = { low: 0, high: 15, stride: 1 } as const;
    const transforms: NetworkTransforms = { weights: new Map(), activations: new Map([['conv', grid]]) };
    const afterPool: NetworkTransforms = { weights: new Map(), activations: new Map([['pool', grid]]) };
    const weights = Float32Array.from([...draw(layout.parameters), Math.log(0.15)]);
    const [plain, quantised, pooled] = [await step(weights.subarray(0, -1), NONE), await step(weights, transforms), await step(weights, afterPool)];
    assert.equal(quantised.loss, pooled.loss);
    assert.ok(Math.abs(quantised.loss - plain.loss) > 1e-5 && Math.abs(quantised.loss - plain.loss) < 0.05, `loss ${quantised.loss}, without grids ${plain.loss}`);
    assert.ok(Math.abs(quantised.gradient.at(-1) ?? NaN) > 1e-6);
  });
});
