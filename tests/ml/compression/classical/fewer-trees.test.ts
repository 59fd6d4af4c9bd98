import assert from 'node:assert/strict';
import { fewerTrees } from '../../../../ml/compression/classical/fewer-trees.js';
import { repackForest } from '../../../../ml/compression/classical/repack-forest.js';
import { logLoss } from '../../../../ml/evaluation/log-loss.js';
import { model } from '../../../../ml/models/random-forest.js';
import { decodeForest, encodeForest } from '../../../../ml/trees/forest-bytes.js';
import { unpackForest } from '../../../../ml/trees/forest.js';
import { InvalidConfigError } from '../../../../shared/errors.js';
import { toyDigits } from '../../../support/digits.js';
import { QUIET } from '../../../support/fit-context.js';

describe('a forest of fewer trees', function () {
  this.timeout(60_000);
  const [train, validation] = [toyDigits({ rows: 300, seed: 1 }), toyDigits({ rows: 200, seed: 2 })];
  let bytes: Uint8Array;
  before(async () => {
    bytes = await (await model.fit(train, validation, { ...model.defaults, trees: 20, threads: 1, columnsPerSplit: 4, maxDepth: 5 }, QUIET)).save();
  });
  const lossOf = async (forest: Uint8Array): Promise<number> => logLoss(await (await model.load(forest, {})).predictProba(validation.x), validation.labels);

  it('has those that are better together than the first ones', async () => {
    const forest = unpackForest(decodeForest(bytes, 'random forest').packed);
    const first = encodeForest(repackForest(forest, { trees: [0, 1, 2, 3], closed: new Uint8Array(forest.below.length), counts: new Int32Array() }), {});
    const chosen = fewerTrees('random forest', bytes, validation, 0.2);
    assert.equal((await model.load(chosen, {})).details['trees'], 4);
    const [ofChosen, ofFirst] = [await lossOf(chosen), await lossOf(first)];
    assert.ok(ofChosen < 0.9 * ofFirst, `${ofChosen} against ${ofFirst}`);
    assert.ok(chosen.length < 0.6 * bytes.length, `${chosen.length} of ${bytes.length} bytes`);
  });

  it('answers as before when all stay', async () => {
    const all = await model.load(fewerTrees('random forest', bytes, validation, 1), {});
    assert.deepEqual((await all.predictProba(validation.x)).data, (await (await model.load(bytes, {})).predictProba(validation.x)).data);
  });

  it('refuses a part outside 0 to 1', () => {
    for (const part of [0, 1.5, NaN]) assert.throws(() => fewerTrees('random forest', bytes, validation, part), InvalidConfigError);
  });
});
