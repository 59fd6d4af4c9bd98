import assert from 'node:assert/strict';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import type { NpyData } from '../../../ml/data/npy.js';
import type { NpzEntry } from '../../../ml/data/npz.js';
import { model } from '../../../ml/models/random-forest.js';
import { decodeForest, encodeForest } from '../../../ml/trees/forest-bytes.js';
import { unpackForest } from '../../../ml/trees/forest.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { QUIET, noRows } from '../../support/fit-context.js';

describe('the bytes of a forest', () => {
  const digits = toyDigits({ rows: 120, seed: 9 });
  const fitted = model.fit(digits, noRows(digits.x.columns), { ...model.defaults, trees: 3 }, QUIET);
  const saved = fitted.then((forest) => forest.save());
  const refused = async (bytes: Uint8Array, hint: string): Promise<void> => {
    await assert.rejects(model.load(bytes, {}), (error) => error instanceof InvalidModelError && /^Not a (random )?forest/.test(error.message), hint);
  };

  it('give every array back as it was', async () => {
    const { packed } = decodeForest(await saved, 'forest');
    const again = decodeForest(encodeForest(packed, { more: { data: Int32Array.of(7), shape: [1] } }), 'forest');
    assert.deepEqual(again.packed, packed);
    assert.deepEqual(again.arrays['more']?.data, Int32Array.of(7));
    assert.equal(packed.treeNodes.length, 3);
  });

  it('are refused wherever they are cut off', async () => {
    const bytes = await saved;
    for (let length = 0; length < bytes.length; length += 97) await refused(bytes.slice(0, length), `cut after ${length} of ${bytes.length}`);
  });

  // A zip's reader looks at no checksum: what no array can show is left to the store, which verifies digests.
  it('are refused, or are a forest still, whichever byte is changed', async () => {
    const bytes = await saved;
    let refusals = 0;
    for (let at = 0; at < bytes.length; at += 13) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const answer = await model.load(changed, {}).then((loaded) => loaded.predictProba(digits.x), (error: unknown) => {
        assert.ok(error instanceof InvalidModelError, `byte ${at}: ${String(error)}`);
        refusals++;
      });
      for (let row = 0; answer && row < answer.rows; row++) {
        const sum = answer.data.subarray(row * 10, row * 10 + 10).reduce((total, one) => total + one, 0);
        assert.ok(Math.abs(sum - 1) < 1e-5, `byte ${at}: row ${row} sums to ${sum}`);
      }
    }
    assert.ok(refusals > bytes.length / 13 / 2, `${refusals} refusals`);
  });

  it('are refused where an array is missing, of another type, or does not fit the others', async () => {
    const { arrays } = decodeNpz(await saved);
    const changed = (name: string, change: (data: Float64Array) => Iterable<number>): NpzEntry | undefined => {
      const { data } = arrays[name] ?? {};
      if (!data) return undefined;
      const values = [...change(Float64Array.from(data as ArrayLike<number>))];
      return { data: (data.constructor as unknown as { from(values: number[]): NpyData }).from(values), shape: [values.length] };
    };
    const set = (at: number, value: number) => (data: Float64Array): Float64Array => data.with(at, value);
    const less = (data: Float64Array): Float64Array => data.slice(1);
    const wrong: [string, NpzEntry | undefined][] = Object.keys(arrays).flatMap((name) => [
      [name, undefined], [name, changed(name, less)], [name, { data: Float32Array.of(1), shape: [1] }],
    ]);
    wrong.push(
      ['width', changed('width', set(0, 783))], ['treeNodes', changed('treeNodes', set(0, -3))], ['treeWeights', changed('treeWeights', set(1, NaN))],
      ['treeWeights', changed('treeWeights', set(1, -1))], ['treeWeights', changed('treeWeights', set(1, Infinity))], ['nodeColumns', changed('nodeColumns', set(0, 784))], ['nodeColumns', changed('nodeColumns', set(0, 65_535))],
      ['splitCuts', changed('splitCuts', set(0, 255))], ['cuts', changed('cuts', set(0, NaN))], ['leafSizes', changed('leafSizes', set(0, 9))], ['leafClasses', changed('leafClasses', set(0, 10))],
      ['leafShares', changed('leafShares', set(0, 1))],
    );
    for (const [name, entry] of wrong) {
      const entries = Object.fromEntries(Object.entries({ ...arrays, [name]: entry }).filter((pair): pair is [string, NpzEntry] => pair[1] !== undefined));
      await refused(encodeNpz(entries), `${name} ${entry === undefined ? 'missing' : 'wrong'}`);
    }
  });

  it('are walked by thresholds of their cuts, children beside each other', () => {
    const forest = unpackForest({
      width: 2, treeNodes: Int32Array.of(5, 1), treeWeights: Float64Array.of(1, 2), nodeColumns: Uint16Array.of(1, 65_535, 0, 65_535, 65_535, 65_535),
      splitCuts: Uint8Array.of(1, 0), cutCounts: Uint8Array.of(1, 2), cuts: Float32Array.of(0.5, 7, 8), leafSizes: Uint8Array.of(1, 1, 2, 1),
      leafClasses: Uint8Array.of(3, 4, 5, 6, 7), leafShares: Uint8Array.of(255, 255, 200, 55, 255),
    });
    assert.deepEqual([...forest.below], [1, -1, 3, -2, -3, -4]);
    assert.deepEqual([forest.thresholds[0], forest.thresholds[2], forest.depth], [8, 0.5, 2]);
    assert.deepEqual([[...forest.roots], [...forest.leafStarts]], [[0, 5], [0, 1, 2, 4, 5]]);
  });
});
