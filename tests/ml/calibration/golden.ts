import { readFileSync } from 'node:fs';
import type { Matrix } from '../../../ml/matrix.js';

interface Golden {
  readonly fitted: number;
  readonly labels: readonly number[];
  readonly proba: readonly number[];
  readonly slopes: readonly number[];
  readonly offsets: readonly number[];
  readonly platt: readonly number[];
  readonly isotonic: readonly number[];
  readonly inverseTemperature: number;
  readonly temperature: readonly number[];
}

/** scikit-learn's calibration of made-up rows; the first `fitted` of them are fitted on. */
export const golden = JSON.parse(readFileSync(new URL('../../../../tests/support/golden/calibration.json', import.meta.url), 'utf8')) as Golden;

/** The probabilities before calibration. */
export const goldenProba: Matrix<Float32Array> = { rows: golden.labels.length, columns: 10, data: Float32Array.from(golden.proba) };
