import assert from 'node:assert/strict';
import { coupledPairs } from '../../../../../ml/export/onnx/classical/coupled-pairs.js';
import { rowGraphOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import { model } from '../../../../../ml/models/svm.js';
import { asFloats } from '../../../../../ml/models/as-floats.js';
import { createRandom } from '../../../../../ml/random.js';
import { PAIRS } from '../../../../../ml/svm/class-pairs.js';
import { couplePairs } from '../../../../../ml/svm/couple-pairs.js';
import { coarseDigits } from '../../../../support/coarse-digits.js';
import { toyDigits } from '../../../../support/digits.js';
import { runOnnx } from '../../../../support/run-onnx.js';
import { testOnnxContract } from './row-graph.contract.js';

const within = 1e-4; // kernel values are float32, and slopes reach 60

const floats = (seed: number): { x: ReturnType<typeof asFloats>; labels: Uint8Array } => {
  const { x, labels } = toyDigits({ rows: 200, seed });
  return { x: asFloats(x), labels };
};

testOnnxContract(model, { within, named: 'RBF on pixels', options: { threads: 1 } });
testOnnxContract(model, { within, named: 'RBF on roots of columns that are no pixels', options: { threads: 1, roots: true }, data: { train: floats(3), validation: floats(4) } });
testOnnxContract(model, { within, named: 'polynomial on components', digits: coarseDigits, options: { threads: 1, kernel: 'polynomial', coef0: 1, projection: 'pca', components: 15 } });
testOnnxContract(model, { within, named: 'linear', options: { threads: 1, kernel: 'linear', standardise: true } });

describe('pairwise coupling as ONNX', () => {
  const random = createRandom(9);
  const rows = 500;

  for (const [named, size, missing] of [['mild', 0.5, []], ['sure', 30, []], ['mixed, two classes unseen', 4, [0, 7]]] as const) {
    it(`agrees with the iteration on ${named} decisions`, async () => {
      const present = Uint8Array.from({ length: 10 }, (_, digit) => Number(!(missing as readonly number[]).includes(digit)));
      const decisions = Float32Array.from({ length: rows * PAIRS.length }, () => size * random.normal());
      const graph = { columns: PAIRS.length, write: (...[to, features]: Parameters<Parameters<typeof rowGraphOnnx>[1]['write']>) => coupledPairs(to, to.cast(features, 'double'), 1.5, present) };
      const { probabilities } = await runOnnx(rowGraphOnnx('coupled', graph), decisions, PAIRS.length);
      const { data } = couplePairs(Float64Array.from(decisions), 1.5, present);
      const furthest = probabilities.reduce((most, value, i) => Math.max(most, Math.abs(value - (data[i] ?? NaN))), 0);
      assert.ok(furthest < 2e-6, `${furthest}`);
    });
  }
});
