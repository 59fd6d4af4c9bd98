import assert from 'node:assert/strict';
import { predictInParts } from '../../../activities/tasks/predict-in-parts.js';
import { CLASSES } from '../../../ml/models/model.js';
import type { Classifier } from '../../../ml/models/model.js';

describe('predictInParts', () => {
  const never = new AbortController().signal;
  const x = { rows: 2_500, columns: 1, data: Float32Array.from({ length: 2_500 }, (_, row) => row) };
  /** Gives each row's number ten times. */
  const model: Pick<Classifier, 'predictProba'> = {
    predictProba: ({ rows, data }) => Promise.resolve({ rows, columns: CLASSES, data: Float32Array.from({ length: rows * CLASSES }, (_, i) => data[Math.floor(i / CLASSES)] ?? -1) }),
  };

  it('gives every row\'s probabilities in order, with a word after each part', async () => {
    const heard: number[] = [];
    const { rows, columns, data } = await predictInParts(model, x, never, (fraction) => heard.push(fraction));
    assert.deepEqual([rows, columns], [2_500, CLASSES]);
    assert.ok(data.every((value, i) => value === Math.floor(i / CLASSES)));
    assert.deepEqual(heard, [1024 / 2_500, 2048 / 2_500, 1]);
  });

  it('stops between parts when it is cancelled', async () => {
    const controller = new AbortController();
    await assert.rejects(predictInParts(model, x, controller.signal, () => controller.abort()), { name: 'AbortError' });
  });
});
