import assert from 'node:assert/strict';
import { calibratedAnswers } from '../../activities/calibrated-answers.js';
import { encodeCalibration } from '../../ml/calibration/calibration-bytes.js';
import { fitCalibration } from '../../ml/calibration/fit-calibration.js';
import { rowsBetween } from '../../ml/matrix.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidModelError, NotFoundError } from '../../shared/errors.js';
import { MemoryStore } from '../../storage/memory-store.js';
import { plantedRows } from '../ml/calibration/planted-rows.js';

const { proba, labels } = plantedRows({ rows: 3_000, seed: 8, temperature: 0.5 });
const [seen, unseen] = [rowsBetween(proba, 0, 2_000), rowsBetween(proba, 2_000, 3_000)];
const fitted = fitCalibration(seen, labels.subarray(0, 2_000), { methods: ['temperature'], risks: [0.3, 0], alphas: [0.2, 0.05] }, 1);

describe('calibrated answers', () => {
  it('are calibrated, rejected where they are too unsure, and widened to sets, by what the store has', async () => {
    const store = new MemoryStore();
    const answers = await calibratedAnswers(store, 'net', await store.put(encodeCalibration(fitted), MEDIA.npz), unseen);
    assert.equal(answers.length, 1_000);
    const { data } = fitted.calibrator.apply(unseen);
    assert.deepEqual(answers.flatMap(({ probabilities }) => probabilities), [...data]);
    const [{ threshold } = { threshold: null }] = fitted.summary.rejection;
    assert.ok(threshold !== null);
    for (const { digit, probabilities, rejection, sets } of answers) {
      const top = Math.max(...probabilities);
      assert.equal(probabilities[digit], top);
      assert.deepEqual(rejection.map(({ risk }) => risk), [0.3, 0]);
      assert.equal(rejection[0]?.rejected, top < threshold);
      assert.deepEqual(sets.map(({ alpha }) => alpha), [0.2, 0.05]);
      assert.ok((sets[0]?.digits.length ?? 99) <= (sets[1]?.digits.length ?? 0), 'a larger promise needs a larger set');
    }
    const held = answers.filter(({ sets }, row) => sets[1]?.digits.includes(labels[2_000 + row] ?? 99)).length;
    assert.ok(held > 920 && held < 980, `${held}`);
  });

  it('name what is wrong with the calibration', async () => {
    const store = new MemoryStore();
    await assert.rejects(calibratedAnswers(store, 'net', { digest: 'f'.repeat(64), bytes: 1, mediaType: MEDIA.npz }, unseen), NotFoundError);
    await assert.rejects(calibratedAnswers(store, 'net', await store.put(new Uint8Array(5), MEDIA.npz), unseen), InvalidModelError);
  });
});
