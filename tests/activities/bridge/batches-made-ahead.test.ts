import assert from 'node:assert/strict';
import { makeItemsAhead } from '../../../activities/bridge/make-items-ahead.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { model } from '../../../ml/models/cnn.js';
import type { FitContext } from '../../../ml/models/model.js';
import { DivergedError } from '../../../shared/errors.js';
import type { AheadJob, MakeAhead } from '../../../shared/made-ahead.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';
import { stepEntry } from '../../support/step-entry.js';

describe('a CNN on augmented batches that a thread makes ahead', function () {
  this.timeout(60_000);
  const digits = toyDigits({ rows: 120, seed: 2 });
  const train = { x: rowsBetween(digits.x, 0, 100), labels: digits.labels.subarray(0, 100) };
  const validation = { x: rowsBetween(digits.x, 100, 120), labels: digits.labels.subarray(100) };
  const augment = { version: 1, steps: [{ kind: 'rotation' }, { kind: 'elastic' }, { kind: 'noise', probability: 0.5 }] };
  const options = { ...model.defaults, augment, epochs: 3, batchSize: 10, filters: [[4], [8]], hidden: 16, segmentSteps: 4 };
  const inLine: FitContext = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };
  const jobs: AheadJob[] = [];
  let closed = 0;
  const makeAhead: MakeAhead = (job) => {
    jobs.push(job);
    const items = makeItemsAhead(stepEntry('fit-cnn'))(job);
    return { take: (index, into) => items.take(index, into), close: () => ((closed += 1), items.close()) };
  };
  const fit = async (context: Partial<FitContext>, over: Partial<typeof model.defaults> = {}): Promise<Buffer> => {
    const fitted = await model.fit(train, validation, { ...options, ...over }, { ...inLine, ...context });
    const bytes = Buffer.from(await fitted.save());
    fitted.dispose();
    return bytes;
  };

  it('is the one that makes its batches itself, from the start and from any checkpoint', async () => {
    const checkpoints: Uint8Array[] = [];
    const expected = await fit({ saveCheckpoint: async (bytes) => void checkpoints.push(bytes) });
    assert.deepEqual(await fit({ makeAhead }), expected);
    assert.equal(checkpoints.length, 7);
    for (const checkpoint of [checkpoints[0], checkpoints[3], checkpoints[6]]) {
      assert.ok(checkpoint);
      assert.deepEqual(await fit({ makeAhead, checkpoint }), expected);
      assert.deepEqual(await fit({ checkpoint }), expected);
    }
    assert.equal(jobs.length, 4);
    assert.equal(closed, 4);
  });

  it('is another one without the pipeline, or with another', async () => {
    const augmented = await fit({});
    assert.notDeepEqual(await fit({}, { augment: 'none' }), augmented);
    assert.notDeepEqual(await fit({}, { augment: { version: 1, steps: [{ kind: 'rotation' }] } }), augmented);
  });

  it('needs no thread for shifts', async () => {
    jobs.length = 0;
    await fit({ makeAhead }, { augment: 'shift' });
    assert.equal(jobs.length, 0);
  });

  it('ends the thread when the training fails', async () => {
    closed = 0;
    await assert.rejects(fit({ makeAhead }, { learningRate: 1e30 }), DivergedError);
    assert.equal(closed, 1);
  });
});
