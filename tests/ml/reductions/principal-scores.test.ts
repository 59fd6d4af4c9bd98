import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Matrix } from '../../../ml/matrix.js';
import { loadedTensorFlow } from '../../../ml/reductions/loaded-tensorflow.js';
import { principalScores } from '../../../ml/reductions/principal-scores.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { GOLDEN } from '../embedding/embedding-golden.js';

interface Golden {
  readonly points: { readonly x: readonly number[]; readonly explained: number; readonly scores: readonly number[] };
}
const golden = JSON.parse(readFileSync(new URL('../../../../tests/support/golden/cluster-scores.json', import.meta.url), 'utf8')) as Golden;
const points: Matrix<Float32Array> = { rows: golden.points.x.length / 6, columns: 6, data: Float32Array.from(golden.points.x) };
const { tf, algebra } = await loadedTensorFlow();

describe('principal scores', () => {
  it('equal scikit-learn\'s up to the sign of a component', () => {
    const { scores, explained } = principalScores(algebra, points, { components: 3 });
    assert.ok(Math.abs(explained - golden.points.explained) < 1e-7);
    scores.data.forEach((value, i) => assert.ok(Math.abs(Math.abs(value) - (golden.points.scores[i] ?? NaN)) < 1e-4, `value ${i}: ${value}, expected ${golden.points.scores[i]} in size`));
    const { data } = principalScores(algebra, GOLDEN.x, { components: 3 }).scores;
    assert.equal(data.length, 3 * 60);
    for (let component = 0; component < 3; component++) {
      const sign = Math.sign((data[component] ?? NaN) * (GOLDEN.principal.data[component] ?? NaN));
      for (let i = component; i < data.length; i += 3) assert.ok(Math.abs(sign * (data[i] ?? NaN) - (GOLDEN.principal.data[i] ?? NaN)) < 1e-4, `row ${Math.floor(i / 3)}, component ${component}`);
    }
  });

  it('project rows that were not fitted as they project the others', () => {
    const doubled = { rows: 2 * points.rows, columns: 6, data: new Float32Array(2 * points.data.length) };
    doubled.data.set(points.data);
    doubled.data.set(points.data.map((value) => value + 1), points.data.length);
    const { scores } = principalScores(algebra, doubled, { components: 3, fitRows: points.rows });
    const shift = [0, 1, 2].map((c) => (scores.data[points.rows * 3 + c] ?? NaN) - (scores.data[c] ?? NaN));
    for (let i = 0; i < points.rows * 3; i++) {
      assert.ok(Math.abs((scores.data[points.rows * 3 + i] ?? NaN) - (scores.data[i] ?? NaN) - (shift[i % 3] ?? NaN)) < 1e-4);
    }
    assert.ok(shift.some((value) => Math.abs(value) > 0.1));
    const alone = principalScores(algebra, points, { components: 3 }).scores;
    alone.data.forEach((value, i) => assert.ok(Math.abs(value - (scores.data[i] ?? NaN)) < 1e-5));
  });

  it('scale pixels, keep all columns and so all distances where more are asked for, and leave no tensor behind', () => {
    const before = tf.memory().numTensors;
    const x = { rows: 40, columns: 9, data: toyDigits({ rows: 1, seed: 1 }).x.data.slice(100, 460) };
    const { scores, explained } = principalScores(algebra, x, { components: 50 });
    assert.equal(scores.columns, 9);
    const distance = (data: ArrayLike<number>, scale: number): number => Math.hypot(...Array.from({ length: 9 }, (_, i) => ((data[i] ?? NaN) - (data[9 * 30 + i] ?? NaN)) / scale));
    assert.ok(Math.abs(distance(scores.data, 1) - distance(x.data, 255)) < 1e-5);
    assert.ok(Math.abs(explained - 1) < 1e-9);
    assert.equal(tf.memory().numTensors, before);
  });

  it('refuse what cannot be fitted', () => {
    assert.throws(() => principalScores(algebra, points, { components: 2, fitRows: points.rows + 1 }), InvalidDataError);
    assert.throws(() => principalScores(algebra, points, { components: 0 }), InvalidConfigError);
  });
});
