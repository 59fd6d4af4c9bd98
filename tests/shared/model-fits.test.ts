import assert from 'node:assert/strict';
import type { ModelConfig } from '../../shared/config.js';
import { isFurtherSeed, modelFits } from '../../shared/model-fits.js';

const MODEL: ModelConfig = { kind: 'cnn', input: 'pixels', params: { epochs: 2 }, device: 'cpu', rows: 'original' };

describe('the fits of a run\'s models', () => {
  it('are the models as they are named where each has one seed', () => {
    assert.deepEqual(modelFits({ b: MODEL, a: { ...MODEL, seeds: 1 } }), [{ name: 'b', model: MODEL }, { name: 'a', model: MODEL }]);
  });

  it('put the further seeds behind every model\'s first, under names that no settings can hold', () => {
    const fits = modelFits({ cnn: { ...MODEL, seeds: 3 }, knn: MODEL, twin: { ...MODEL, seeds: 2 } });
    assert.deepEqual(fits.map(({ name }) => name), ['cnn', 'knn', 'twin', 'cnn.2', 'cnn.3', 'twin.2']);
    assert.deepEqual(fits.map(({ seedOf }) => seedOf?.number), [1, undefined, 1, 2, 3, 2]);
    assert.deepEqual(fits.map(({ seedOf }) => isFurtherSeed(seedOf)), [false, false, false, true, true, true]);
    assert.deepEqual(fits[3], { name: 'cnn.2', model: MODEL, seedOf: { model: 'cnn', number: 2 } });
  });
});
