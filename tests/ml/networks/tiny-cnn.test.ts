import assert from 'node:assert/strict';
import { tinyCnn } from '../../../ml/networks/tiny-cnn.js';
import type { TinyCnnOptions } from '../../../ml/networks/tiny-cnn.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

const EXPECTED = { '8k': { trained: 7578, moving: 136 }, '1k': { trained: 829, moving: 84 } } as const;

for (const [name, { trained, moving }] of Object.entries(EXPECTED)) {
  describe(`Tiny CNN ${name}`, () => {
    const options = tinyCnn.presets?.[name] as TinyCnnOptions;
    testNetworkContract({ network: tinyCnn, options, trained, moving, learning: { rate: 0.03, steps: 16 } });

    it('keeps to its budget, moving averages included', () => {
      assert.ok(trained + moving < Number(name.slice(0, -1)) * 1000);
    });
  });
}

describe('Tiny CNN options', () => {
  testNetworkProblems(tinyCnn, [
    [{ stages: [] }, /^stages is \[\]: expected a list/],
    [{ stages: [{ kind: 'conv', filters: 0 }] }, /^stages is /],
    [{ stages: Array.from({ length: 14 }, () => ({ kind: 'conv', filters: 4 })) }, /^images of 28 x 28 pixels are too small for 14 stages/],
    [{ activation: 'relu' as 'swish' }, /^activation is "relu": expected leaky-relu or swish$/],
    [{ slope: -0.1 }, /^slope is -0.1/],
    [{ padding: 'full' as 'same' }, /^padding is "full": expected same or valid$/],
  ]);
});
