import assert from 'node:assert/strict';
import { loadFromRows } from '../../../ml/ensembles/load-from-rows.js';
import { ENSEMBLES } from '../../../ml/ensembles/registry.js';
import { model as centroid } from '../../../ml/models/nearest-centroid.js';
import { model as forest } from '../../../ml/models/random-forest.js';
import type { Matrix } from '../../../ml/matrix.js';
import { toyDigits } from '../../support/digits.js';
import { QUIET } from '../../support/fit-context.js';

describe('an ensemble that answers the rows of its file', () => {
  it('asks its models where it has them, and takes their probabilities beside each other where not', async () => {
    const [train, test] = [toyDigits({ rows: 200, seed: 1 }), toyDigits({ rows: 60, seed: 2 })];
    const models = [await forest.fit(train, test, { ...forest.defaults, trees: 5, threads: 1 }, QUIET), await centroid.fit(train, test, centroid.defaults, QUIET)];
    const probabilities = await Promise.all(models.map((model) => model.predictProba(test.x)));
    const weighted = await ENSEMBLES['weighted-vote'].fit({ names: ['forest', 'centroid'], probabilities }, test.labels, ENSEMBLES['weighted-vote'].defaults, QUIET);
    const expected = await weighted.predictProba(probabilities);
    const meta = await weighted.save();
    const bases = [{ kind: 'random-forest', bytes: await (models[0] ?? assert.fail()).save() }, { kind: 'nearest-centroid', bytes: await (models[1] ?? assert.fail()).save() }] as const;
    const joined = await loadFromRows(meta, bases, {});
    assert.deepEqual(await joined.predictProba(test.x), expected);
    joined.dispose();
    const beside: Matrix<Float32Array> = { rows: 60, columns: 20, data: Float32Array.from({ length: 1_200 }, (_, i) => probabilities[Math.floor((i % 20) / 10)]?.data[10 * Math.floor(i / 20) + (i % 10)] ?? NaN) };
    const alone = await loadFromRows(meta, undefined, {});
    assert.deepEqual(await alone.predictProba(beside), expected);
    alone.dispose();
  });
});
