import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Matrix } from '../../../ml/matrix.js';
import { serveRows } from '../../../ml/serving/serve-rows.js';
import type { OpenedModel } from '../../../ml/serving/serve-rows.js';

/** Answers a row with ten times its first number, after a while, and counts. */
class Slow implements OpenedModel {
  readonly inputSize = 2;
  readonly runtime = 'slow';
  readonly sizes: number[] = [];
  readonly kept = new Set<object>();
  running = 0;
  most = 0;
  failAt = -1;
  readonly batches: boolean;
  constructor(batches = true) {
    this.batches = batches;
  }

  room(rows: number, lane: number): ReturnType<OpenedModel['room']> {
    this.sizes.push(rows);
    const held = { first: new Float32Array(rows), busy: false, lane };
    this.kept.add(held);
    return {
      fill: ({ data }, from) => held.first.forEach((_, row) => (held.first[row] = data[2 * (from + row)] ?? NaN)),
      run: async () => {
        assert.ok(![...this.kept].some((other) => (other as typeof held).lane === lane && (other as typeof held).busy), 'a lane has one run at a time');
        held.busy = true;
        this.most = Math.max(this.most, ++this.running);
        await setTimeout(2);
        this.running--;
        held.busy = false;
        if (held.first.includes(this.failAt)) throw new Error('it does not like that row');
      },
      read: (data, at) => held.first.forEach((value, row) => data.fill(10 * value, at + 10 * row, at + 10 * (row + 1))),
      dispose: () => this.kept.delete(held),
    };
  }

  async dispose(): Promise<void> {
    await setTimeout(0);
    assert.equal(this.running, 0);
  }
}

const rows = (count: number, from = 0): Matrix<Float32Array> => ({ rows: count, columns: 2, data: Float32Array.from({ length: 2 * count }, (_, i) => from + Math.floor(i / 2)) });
const expected = (count: number, from = 0): Float32Array => Float32Array.from({ length: 10 * count }, (_, i) => 10 * (from + Math.floor(i / 10)));

describe('serveRows', () => {
  it('runs as many batches at once as there are threads, and puts each answer in its place', async () => {
    for (const threads of [1, 2, 3]) {
      const model = new Slow();
      const served = serveRows('m', model, threads);
      assert.deepEqual((await served.predictProba(rows(500))).data, expected(500));
      assert.equal(model.most, threads);
      await served.dispose();
      assert.equal(model.kept.size, 0);
    }
  });

  it('runs row by row what takes no batches', async () => {
    const model = new Slow(false);
    const served = serveRows('m', model, 2);
    assert.deepEqual((await served.predictProba(rows(5))).data, expected(5));
    assert.deepEqual(new Set(model.sizes), new Set([1]));
    await served.dispose();
  });

  it('keeps the rooms of one row and of whole batches, and one of another size', async () => {
    const model = new Slow();
    const served = serveRows('m', model, 1);
    for (const count of [1, 70, 1, 70, 30, 31, 32]) assert.deepEqual((await served.predictProba(rows(count))).data, expected(count));
    assert.equal(model.kept.size, 3);
    assert.deepEqual(model.sizes.filter((size) => size === 1 || size === 64), [1, 64]);
    await served.dispose();
  });

  it('tells of a failure once all that runs has ended, and serves who comes next', async () => {
    const model = new Slow();
    model.failAt = 3;
    const served = serveRows('m', model, 2);
    const [failed, next] = await Promise.allSettled([served.predictProba(rows(500)).catch((error: unknown) => Promise.reject(Object.assign(error as Error, { running: model.running }))), served.predictProba(rows(200, 1000))]);
    assert.ok(failed.status === 'rejected' && /does not like/.test(String(failed.reason)));
    assert.equal((failed.reason as { running: number }).running, 0);
    assert.ok(next.status === 'fulfilled');
    assert.deepEqual(next.value.data, expected(200, 1000));
    await served.dispose();
  });
});
