import assert from 'node:assert/strict';
import { outputPoints } from '../../../../ml/compression/training/output-points.js';
import type { NetworkTopology, TopologyLayer } from '../../../../ml/graph/topology.js';

const layer = (name: string, className: string, inputs: readonly string[], activation = 'linear'): TopologyLayer => ({ name, className, inputs, config: { activation } });
const network = (...layers: readonly TopologyLayer[]): NetworkTopology =>
  ({ inputShape: [8, 8, 1], output: 'digits', layers: [layer('images', 'InputLayer', []), ...layers, layer('digits', 'Dense', [layers.at(-1)?.name ?? ''], 'softmax')] });
const points = (...layers: readonly TopologyLayer[]): string[] => outputPoints(network(...layers)).map(({ layer: name, between }) => (between ? `${name} between` : name));

describe('the outputs that are put on grids', () => {
  it('end where normalisation and relu are fused into a product', () => {
    assert.deepEqual(points(layer('conv', 'Conv2D', ['images'], 'relu'), layer('pool', 'MaxPooling2D', ['conv'])), ['conv']);
    assert.deepEqual(points(layer('conv', 'Conv2D', ['images']), layer('norm', 'BatchNormalization', ['conv']), layer('relu', 'ReLU', ['norm']), layer('deep', 'DepthwiseConv2D', ['relu'])), ['relu', 'deep']);
  });

  it('are before and after an activation that is computed by itself', () => {
    assert.deepEqual(points(layer('conv', 'Conv2D', ['images']), layer('norm', 'BatchNormalization', ['conv']), layer('swish', 'Activation', ['norm'], 'swish')), ['norm between', 'swish']);
    assert.deepEqual(points(layer('conv', 'Conv2D', ['images']), layer('leaky', 'LeakyReLU', ['conv']), layer('mean', 'GlobalAveragePooling2D', ['leaky'])), ['conv between', 'leaky', 'mean']);
  });

  it('are those of each branch and of their sum', () => {
    assert.deepEqual(points(
      layer('one', 'Conv2D', ['images']), layer('relu', 'ReLU', ['one']), layer('two', 'Conv2D', ['relu']), layer('norm', 'BatchNormalization', ['two']),
      layer('sum', 'Add', ['relu', 'norm']), layer('last', 'ReLU', ['sum']),
    ), ['relu', 'norm', 'sum']);
  });
});
