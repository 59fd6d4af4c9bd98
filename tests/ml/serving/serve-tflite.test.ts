import assert from 'node:assert/strict';
import { TFLITE_FORMS, tfliteFile } from '../../../ml/compression/tflite-forms.js';
import type { TfliteForm } from '../../../ml/compression/tflite-forms.js';
import { evaluateNetwork } from '../../../ml/export/network/evaluate-network.js';
import { asFloats } from '../../../ml/models/as-floats.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { serveTflite } from '../../../ml/serving/serve-tflite.js';
import { InvalidModelError, NativeLibraryError } from '../../../shared/errors.js';
import { randomCnn } from '../../ml/compression/random-cnn.js';
import { observedRanges } from '../../ml/export/tflite/observed-ranges.js';
import { mnistSubset } from '../../support/digits.js';
import { litertPath } from '../../support/litert-path.js';

const NEAR: Partial<Record<TfliteForm, number>> = { float32: 1e-5, float16: 3e-3, dynamic: 0.03, int8: 0.1 };

describe('A .tflite file in service', () => {
  const { x } = mnistSubset({ split: 'train', from: 0, to: 300 });
  const graph = randomCnn({ side: 28, convolutions: [{ kernel: [3, 3], channels: 4, padding: 'same', stride: 2, pool: 2 }], hidden: [12] }, 3);
  const images = Array.from({ length: 300 }, (_, row) => rowsBetween(asFloats(x), row, row + 1).data);
  const ranges = observedRanges(graph, images.slice(0, 100));
  const file = (form: TfliteForm): Uint8Array => tfliteFile(graph, form, { description: '', metadata: {} }, ranges);
  const native = { litert: litertPath() };

  for (const form of TFLITE_FORMS) {
    it(`answers near the network, the same alone, in batches, from pixels and from floats, on two threads: ${form}`, async () => {
      const [one, two] = [serveTflite('net', file(form), { native }), serveTflite('net', file(form), { native, threads: 2 })];
      const all = await one.predictProba(x);
      assert.deepEqual([all.rows, all.columns], [300, 10]);
      images.forEach((image, row) => {
        const got = rowsBetween(all, row, row + 1).data;
        assert.ok(evaluateNetwork(graph, image).every((value, i) => Math.abs(value - (got[i] ?? NaN)) <= (NEAR[form] ?? 0.5)), `row ${row}`);
        assert.ok(Math.abs(got.reduce((sum, value) => sum + value, 0) - 1) < 1e-5);
      });
      const near = ({ data }: typeof all, from: number): boolean => data.length > 0 && data.every((value, i) => Math.abs(value - (all.data[10 * from + i] ?? NaN)) < 1e-5);
      assert.ok(near(await two.predictProba(x), 0));
      assert.ok(near(await two.predictProba(asFloats(x)), 0));
      const parts = await Promise.all([0, 7, 299].map((row) => two.predictProba(rowsBetween(x, row, row + 1))));
      [0, 7, 299].forEach((row, i) => assert.ok(parts[i] && near(parts[i], row)));
      assert.ok(near(await one.predictProba(rowsBetween(x, 100, 165)), 100));
      assert.match(one.runtime, /^LiteRT 2\.\d+\.\d+, XNNPACK$/);
      await one.dispose();
      await two.dispose();
    });
  }

  it('refuses rows of another width and goes on, other bytes, other classes, and to work without its library', async () => {
    const served = serveTflite('net', file('int8'), { native });
    await assert.rejects(async () => served.predictProba({ rows: 1, columns: 5, data: new Uint8Array(5) }), (error) => error instanceof InvalidModelError && /784 columns.* have 5/.test(error.message));
    assert.equal((await served.predictProba(rowsBetween(x, 0, 1))).rows, 1);
    await served.dispose();
    assert.throws(() => serveTflite('net', Uint8Array.of(1, 2, 3), { native }), InvalidModelError);
    const three = randomCnn({ side: 28, convolutions: [], hidden: [], classes: 3 }, 3);
    assert.throws(() => serveTflite('net', tfliteFile(three, 'float32', { description: '', metadata: {} }, new Map()), { native }), (error) => error instanceof InvalidModelError && /net gives 3 numbers/.test(error.message));
    assert.throws(() => serveTflite('net', file('int8'), { native: {} }), NativeLibraryError);
  });
});
