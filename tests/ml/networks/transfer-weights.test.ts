import assert from 'node:assert/strict';
import type { NamedWeight } from '../../../ml/graph/inference-graph.js';
import { transferWeights } from '../../../ml/networks/transfer-weights.js';
import { InvalidModelError } from '../../../shared/errors.js';

function weight(name: string, shape: readonly number[], value: number): NamedWeight {
  return { name, shape, data: new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(value) };
}

const TARGET = [
  weight('conv/kernel', [3, 3, 1, 2], 1), weight('conv/bias', [2], 1), weight('norm/gamma', [2], 1),
  weight('hidden/kernel', [4, 3], 1), weight('digits/kernel', [3, 10], 1),
];
const SOURCE = [
  weight('digits/kernel', [3, 10], 2), weight('hidden/kernel', [4, 5], 2), weight('norm/beta', [2], 2),
  weight('conv/bias', [2], 2), weight('conv/kernel', [3, 3, 1, 2], 2), weight('other/kernel', [1], 2),
];

describe('Weights taken over from another model', () => {
  it('are those of the layers whose names and shapes all agree, in the order of the target', () => {
    const { weights, taken } = transferWeights(TARGET, SOURCE);
    assert.deepEqual(taken, ['conv', 'digits']);
    assert.deepEqual(weights.map(({ name, shape, data }) => [name, shape, data[0]]), [
      ['conv/kernel', [3, 3, 1, 2], 2], ['conv/bias', [2], 2], ['norm/gamma', [2], 1], ['hidden/kernel', [4, 3], 1], ['digits/kernel', [3, 10], 2],
    ]);
  });

  it('come with what was left, why, and what was of no use', () => {
    const { left, unused } = transferWeights(TARGET, SOURCE);
    assert.deepEqual(left, [
      { layer: 'norm', reason: 'the source has no norm/gamma' },
      { layer: 'hidden', reason: "hidden/kernel is [4, 3], the source's [4, 5]" },
    ]);
    assert.deepEqual(unused, ['other']);
  });

  it('leave the layers that are to stay', () => {
    const { taken, left, weights } = transferWeights(TARGET, SOURCE, ['digits']);
    assert.deepEqual(taken, ['conv']);
    assert.ok(left.some(({ layer, reason }) => layer === 'digits' && reason === 'to be left'));
    assert.equal(weights[4]?.data[0], 1);
  });

  it('are refused when no layer fits, with an example', () => {
    assert.throws(
      () => transferWeights(TARGET, [weight('conv/kernel', [5, 5, 1, 2], 2), weight('conv/bias', [2], 2)]),
      (error) => error instanceof InvalidModelError && /None of the 4 layers can take weights from the 1 given ones \(conv: conv\/kernel is \[3, 3, 1, 2\], the source's \[5, 5, 1, 2\]\)/.test(error.message),
    );
  });
});
