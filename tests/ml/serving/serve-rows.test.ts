import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Matrix } from '../../../ml/matrix.js';
import { BATCH_ROWS, serveRows } from '../../../ml/serving/serve-rows.js';
import type { OpenedModel } from '../../../ml/serving/serve-rows.js';

/** Answers a row with ten times its first number, at once or after a while, and counts. */
class Slow implements OpenedModel {
  readonly inputSize = 2;
  readonly runtime = 'slow';
  readonly sizes: number[] = [];
  readonly kept = new Set<object>();
  running = false;
  failAt = -1;
  readonly batches: boolean;
  readonly waits: boolean;
  constructor({ batches = true, waits = true } = {}) {
    this.batches = batches;
    this.waits = waits;
  }

  room(rows: number): ReturnType<OpenedModel['room']> {
    this.sizes.push(rows);
    const first = new Float32Array(rows);
    this.kept.add(first);
    return {
      fill: ({ data }, from) => first.forEach((_, row) => (first[row] = data[2 * (from + row)] ?? NaN)),
      run: () => {
        assert.ok(!this.running, 'one run at a time');
        if (first.includes(this.failAt)) throw new Error('it does not like that row');
        return this.waits ? this.while() : undefined;
      },
      read: (data, at) => first.forEach((value, row) => data.fill(10 * value, at + 10 * row, at + 10 * (row + 1))),
      dispose: () => this.kept.delete(first),
    };
  }

  async while(): Promise<void> {
    this.running = true;
    await setTimeout(2);
    this.running = false;
  }

  async dispose(): Promise<void> {
    await setTimeout(0);
    assert.ok(!this.running);
  }
}

const rows = (count: number, from = 0): Matrix<Float32Array> => ({ rows: count, columns: 2, data: Float32Array.from({ length: 2 * count }, (_, i) => from + Math.floor(i / 2)) });
const expected = (count: number, from = 0): Float32Array => Float32Array.from({ length: 10 * count }, (_, i) => 10 * (from + Math.floor(i / 10)));

describe('serveRows', () => {
  it('runs batches, and puts each answer in its place', async () => {
    for (const waits of [true, false]) {
      const model = new Slow({ waits });
      const served = serveRows('m', model);
      for (const count of [500, BATCH_ROWS, 1, 0]) assert.deepEqual((await served.predictProba(rows(count))).data, expected(count));
      assert.deepEqual(model.sizes, [BATCH_ROWS, 500 % BATCH_ROWS, 1]);
      await served.dispose();
      assert.equal(model.kept.size, 0);
    }
  });

  it('runs row by row what takes no batches', async () => {
    const model = new Slow({ batches: false });
    const served = serveRows('m', model);
    assert.deepEqual((await served.predictProba(rows(5))).data, expected(5));
    assert.deepEqual(model.sizes, [1]);
    await served.dispose();
  });

  it('keeps the rooms of one row and of whole batches, and one of another size', async () => {
    const model = new Slow();
    const served = serveRows('m', model);
    for (const count of [1, 200, 1, 200, 30, 31, 32]) assert.deepEqual((await served.predictProba(rows(count))).data, expected(count));
    assert.equal(model.kept.size, 3);
    assert.deepEqual(model.sizes.filter((size) => size === 1 || size === BATCH_ROWS), [1, BATCH_ROWS]);
    await served.dispose();
  });

  it('lets others have the thread between batches of a runtime that computes in it', async () => {
    const served = serveRows('m', new Slow({ waits: false }));
    let turns = 0;
    let going = true;
    const other = (): void => {
      turns += 1;
      if (going) setImmediate(other);
    };
    setImmediate(other);
    await served.predictProba(rows(10 * BATCH_ROWS));
    going = false;
    assert.ok(turns >= 9, `${turns} turns`);
    await served.dispose();
  });

  it('tells of a failure, and serves who comes next, one call after the other', async () => {
    const model = new Slow();
    model.failAt = 130;
    const served = serveRows('m', model);
    const [failed, next] = await Promise.allSettled([served.predictProba(rows(500)), served.predictProba(rows(200, 1000))]);
    assert.ok(failed.status === 'rejected' && /does not like/.test(String(failed.reason)));
    assert.ok(next.status === 'fulfilled');
    assert.deepEqual(next.value.data, expected(200, 1000));
    await served.dispose();
  });
});
