import assert from 'node:assert/strict';
import { countVotes } from '../../../../ml/analysis/labels/count-votes.js';
import { weighBySkill } from '../../../../ml/analysis/labels/weigh-by-skill.js';
import type { Matrix } from '../../../../ml/matrix.js';
import { InvalidDataError } from '../../../../shared/errors.js';

/** The label with probability `sure`, every other class alike. */
function model(labels: Uint8Array, sure: number): Matrix<Float32Array> {
  const data = new Float32Array(10 * labels.length).fill((1 - sure) / 9);
  labels.forEach((label, row) => { data[10 * row + label] = sure; });
  return { rows: labels.length, columns: 10, data };
}

describe('the average by skill', () => {
  const labels = Uint8Array.of(0, 1, 2, 3);

  it('weighs a model by one over the square of its log loss', () => {
    const { weights, proba } = weighBySkill([model(labels, 0.9), model(labels, 0.5)], labels);
    const [good = 0, weak = 0] = weights;
    assert.ok(Math.abs(good + weak - 1) < 1e-12);
    assert.ok(Math.abs(good / weak - (Math.log(0.5) / Math.log(0.9)) ** 2) < 1e-4, `${good / weak}`);
    assert.ok(Math.abs((proba.data[0] ?? 0) - (good * 0.9 + weak * 0.5)) < 1e-6);
  });

  it('is finite for a model that never errs, and the model itself where there is one', () => {
    const perfect = model(labels, 1);
    const { weights, proba } = weighBySkill([perfect, model(labels, 0.5)], labels);
    assert.ok(weights.every(Number.isFinite) && proba.data.every(Number.isFinite));
    assert.deepEqual(weighBySkill([model(labels, 0.7)], labels).proba.data, model(labels, 0.7).data);
  });

  it('refuses no model, and models of different rows', () => {
    assert.throws(() => weighBySkill([], labels), InvalidDataError);
    assert.throws(() => weighBySkill([model(labels, 0.9), model(labels.subarray(1), 0.9)], labels), /Model 1 has probabilities \[3, 10\]/);
  });

  it('votes count the models that prefer the suggested digit', () => {
    const other = Uint8Array.of(5, 1, 2, 3);
    const models = [model(labels, 0.9), model(other, 0.9), model(other, 0.4)];
    assert.equal(countVotes(models, { row: 0, given: 0, suggested: 5 }), 2);
    assert.equal(countVotes(models, { row: 1, given: 1, suggested: 5 }), 0);
  });
});
