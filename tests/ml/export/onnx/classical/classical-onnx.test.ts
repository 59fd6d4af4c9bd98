import assert from 'node:assert/strict';
import { CLASSICAL_GRAPHS, classicalOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import { InvalidConfigError } from '../../../../../shared/errors.js';
import { MODEL_NAMES, NETWORK_NAMES } from '../../../../../shared/model-names.js';

describe('classical models as ONNX', () => {
  it('are all kinds of the registry that are no networks', () => {
    assert.deepEqual(Object.keys(CLASSICAL_GRAPHS).sort(), MODEL_NAMES.filter((name) => !NETWORK_NAMES.includes(name)).sort());
  });

  it('are refused by name when they are networks', () => {
    assert.throws(() => classicalOnnx('cnn', new Uint8Array()), (error) => error instanceof InvalidConfigError && /cnn/.test(error.message));
  });
});
