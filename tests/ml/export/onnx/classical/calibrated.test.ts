import assert from 'node:assert/strict';
import { CALIBRATORS } from '../../../../../ml/calibration/registry.js';
import { calibratedGraph } from '../../../../../ml/export/onnx/classical/calibrated.js';
import { rowGraphOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import { CALIBRATION_METHODS } from '../../../../../shared/calibration.js';
import { labelsOf, madeUpBases } from '../../../../support/made-up-bases.js';
import { runOnnx } from '../../../../support/run-onnx.js';

describe('calibrated probabilities as ONNX', () => {
  const labels = labelsOf(400);
  const [fitted] = madeUpBases(labels, { good: 0.8 }, 1).probabilities;
  const [asked] = madeUpBases(labelsOf(300), { good: 0.7 }, 2).probabilities;
  assert.ok(fitted && asked);
  asked.data.set([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // beyond all knots

  for (const method of CALIBRATION_METHODS) {
    it(`are the calibrator's: ${method}`, async () => {
      const calibrator = CALIBRATORS[method].fit(fitted, labels);
      const bytes = rowGraphOnnx('calibrated', calibratedGraph({ columns: 10, write: (to, features) => to.op('Identity', [features]) }, calibrator));
      const { probabilities } = await runOnnx(bytes, asked.data, 10);
      const { data } = calibrator.apply(asked);
      const furthest = probabilities.reduce((most, value, i) => Math.max(most, Math.abs(value - (data[i] ?? NaN))), 0);
      assert.ok(furthest < 1e-6, `${furthest}`);
    });
  }
});
