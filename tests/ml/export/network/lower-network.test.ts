import assert from 'node:assert/strict';
import { evaluateNetwork } from '../../../../ml/export/network/evaluate-network.js';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import { operationShape } from '../../../../ml/export/network/operation-shape.js';
import { inputsOf } from '../../../../ml/export/network/operator-values.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import type { NetworkTopology, TopologyLayer } from '../../../../ml/graph/topology.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { assertSameAnswers, compiledAnswers } from './compiled-answers.js';
import { randomImages } from './random-network.js';
import { smallNetwork } from './small-network.js';
import { SMALL_NETWORKS } from './small-networks.js';

const layer = (name: string, className: string, inputs: readonly string[], config: TopologyLayer['config'] = {}): TopologyLayer => ({ name, className, config, inputs });
const topology = (...layers: readonly TopologyLayer[]): NetworkTopology => ({ inputShape: [2, 2, 1], layers: [layer('images', 'InputLayer', []), ...layers], output: layers.at(-1)?.name ?? '' });

describe('A network in the form that exports start from', function () {
  this.timeout(60_000);

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`gives the trained network's probabilities: ${name}`, async () => {
      const network = await smallNetwork(name);
      const images = randomImages(network, 3, 2);
      const graph = lowerNetwork(network.topology, network.weights);
      assertSameAnswers(images.map((image) => evaluateNetwork(graph, image)), await compiledAnswers(network, images), 1e-5);
    });

    it(`names each value once and knows each shape: ${name}`, async () => {
      const network = await smallNetwork(name);
      const { values, operators, input, output } = lowerNetwork(network.topology, network.weights);
      assert.equal(new Set(values.map((value) => value.name)).size, values.length);
      const made = new Set([input, ...values.flatMap(({ data }, value) => (data ? [value] : []))]);
      for (const operator of operators) {
        assert.deepEqual(inputsOf(operator).filter((value) => !made.has(value)), [], `${operator.type} of ${operator.layer} reads what is not there yet`);
        const shape = values[operator.output]?.shape;
        if (operator.type !== 'reshape') assert.deepEqual(operationShape(operator, (value) => values[value]?.shape ?? []), shape);
        made.add(operator.output);
      }
      assert.deepEqual([made.size, operators.at(-1)?.output, operators.at(-1)?.type], [values.length, output, 'softmax']);
      for (const { shape, data } of values) if (data) assert.equal(data.length, shape.reduce((product, side) => product * side, 1));
    });
  }

  it('has batch normalisation and relu in the products before them', async () => {
    const { topology: given, weights } = await smallNetwork('residual-cnn');
    const { operators, values } = lowerNetwork(given, weights);
    const steps = operators.map((operator) => `${operator.type} ${operator.layer} > ${values[operator.output]?.name}${'activation' in operator ? ` ${operator.activation}` : ''}`);
    assert.deepEqual(steps.slice(0, 6), [
      'conv2d stem1_conv > stem1_relu relu',
      'conv2d stem2_conv > stem2_relu relu',
      'conv2d stage1_block1_1_conv > stage1_block1_1_relu relu',
      'conv2d stage1_block1_2_conv > stage1_block1_2_norm linear',
      'add stage1_block1_add > stage1_block1_add',
      'activation stage1_block1_relu > stage1_block1_relu',
    ]);
  });

  it('keeps batch normalisation by itself where others read the product too, or its activation comes first', () => {
    const norm = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => ({ name: `norm/${name}`, shape: [2], data: Float32Array.of(1, 2) }));
    const weights = [...norm, { name: 'dense/kernel', shape: [4, 2], data: new Float32Array(8).fill(0.5) }];
    const types = (config: TopologyLayer['config'], inputs: readonly string[]): string[] => lowerNetwork(topology(
      layer('flat', 'Flatten', ['images']), layer('dense', 'Dense', ['flat'], { use_bias: false, ...config }),
      layer('norm', 'BatchNormalization', ['dense']), layer('sum', 'Add', inputs), layer('digits', 'Softmax', ['sum']),
    ), weights).operators.map(({ type }) => type);
    assert.deepEqual(types({}, ['norm', 'norm']), ['reshape', 'dense', 'add', 'softmax']);
    assert.deepEqual(types({}, ['norm', 'dense']), ['reshape', 'dense', 'multiply', 'add', 'add', 'softmax']);
    assert.deepEqual(types({ activation: 'relu' }, ['norm', 'norm']), ['reshape', 'dense', 'multiply', 'add', 'add', 'softmax']);
  });

  it('has nothing of layers that lead nowhere', () => {
    const { values, operators } = lowerNetwork(topology(layer('flat', 'Flatten', ['images']), layer('aside', 'GlobalMaxPooling2D', ['images']), layer('digits', 'Softmax', ['flat'])), []);
    assert.deepEqual([values.map(({ name }) => name), operators.length], [['images', 'flat', 'digits'], 2]);
  });

  it('tells a layer from a weight of the same name', () => {
    const weights = [{ name: 'digits/kernel', shape: [4, 2], data: new Float32Array(8) }, { name: 'digits/bias', shape: [2], data: new Float32Array(2) }];
    const { values } = lowerNetwork(topology(layer('digits/kernel', 'Flatten', ['images']), layer('digits', 'Dense', ['digits/kernel'], { activation: 'softmax' })), weights);
    assert.deepEqual(values.map(({ name }) => name), ['images', 'digits/kernel', 'digits/kernel_2', 'digits/bias', 'digits/linear', 'digits']);
  });

  it('is refused with every layer that cannot be exported, by name', () => {
    const layers = [layer('warp1', 'Lambda', ['images']), layer('flat', 'Flatten', ['warp1']), layer('noise', 'GaussianNoise', ['flat']), layer('digits', 'Softmax', ['noise'])];
    assert.throws(() => lowerNetwork(topology(...layers), []), (error) => error instanceof InvalidModelError && error.message.startsWith('Layers that cannot be exported: Lambda warp1, GaussianNoise noise. '));
  });

  for (const [what, layers, expected] of [
    ['a weight is missing', [layer('flat', 'Flatten', ['images']), layer('digits', 'Dense', ['flat'], { activation: 'softmax' })], /^Dense digits has no weight kernel/],
    ['it ends in no softmax', [layer('digits', 'Flatten', ['images'])], /must end in a softmax \[classes\], got digits \[4\] of reshape/],
    ['its softmax is of maps', [layer('digits', 'Softmax', ['images'])], /must end in a softmax \[classes\], got digits \[2, 2, 1\]/],
    ['a layer reads what is not there', [layer('digits', 'Softmax', ['flat'])], /^Layer digits takes the output of flat/],
    ['a window does not fit', [layer('pool', 'MaxPooling2D', ['images'], { pool_size: [3, 3] }), layer('digits', 'Softmax', ['pool'])], /^A window of 3 x 3 does not fit into a map of 2 x 2/],
  ] as const) {
    it(`is refused where ${what}`, () => {
      assert.throws(() => lowerNetwork(topology(...layers), []), (error) => error instanceof InvalidModelError && expected.test(error.message));
    });
  }

  it('is refused where the input is no image', () => {
    const given = readTopology({ config: [{ class_name: 'Softmax', config: { name: 'digits', batch_input_shape: [null, 4] } }] });
    assert.throws(() => lowerNetwork(given, []), (error) => error instanceof InvalidModelError && error.message.includes('got the input [4]'));
  });
});
