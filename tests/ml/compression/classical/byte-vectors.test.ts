import assert from 'node:assert/strict';
import { byteVectors } from '../../../../ml/compression/classical/byte-vectors.js';
import { fewerVectors } from '../../../../ml/compression/classical/fewer-vectors.js';
import { classicalOnnx } from '../../../../ml/export/onnx/classical/classical-onnx.js';
import { asFloats } from '../../../../ml/models/as-floats.js';
import { model } from '../../../../ml/models/svm.js';
import { toyDigits } from '../../../support/digits.js';
import { QUIET } from '../../../support/fit-context.js';
import { runOnnx } from '../../../support/run-onnx.js';

describe('an SVM of byte vectors', function () {
  this.timeout(60_000);
  const [train, validation] = [toyDigits({ rows: 300, seed: 1 }), toyDigits({ rows: 200, seed: 2 })];
  const fit = async (roots: boolean): Promise<Uint8Array> => (await model.fit(train, validation, { ...model.defaults, roots, threads: 1 }, QUIET)).save();
  const furthest = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
  const answers = async (bytes: Uint8Array): Promise<Float32Array> => (await (await model.load(bytes, {})).predictProba(validation.x)).data;

  it('answers nearly as before, from less than a third of the bytes, and stays so when it is saved again', async () => {
    const bytes = await fit(true);
    const smaller = byteVectors(bytes);
    assert.ok(smaller.length < bytes.length / 3, `${smaller.length} of ${bytes.length}`);
    const change = furthest(await answers(smaller), await answers(bytes));
    assert.ok(change > 0 && change < 0.05, `${change}`);
    assert.deepEqual(Buffer.from(await (await model.load(smaller, {})).save()), Buffer.from(smaller));
  });

  it('answers the same in ONNX, also with fewer vectors, and its file is as small', async () => {
    const smaller = fewerVectors(byteVectors(await fit(true)), train, validation, 0.6);
    const file = classicalOnnx('svm', smaller);
    assert.ok(file.length < smaller.length + 40_000, `${file.length} against ${smaller.length}`);
    const { probabilities } = await runOnnx(file, asFloats(validation.x).data, 784);
    const worst = furthest(probabilities, await answers(smaller));
    assert.ok(worst < 1e-4, `${worst}`);
  });

  it('is the same where the vectors are pixels already', async () => {
    const bytes = await fit(false);
    assert.equal(byteVectors(bytes), bytes);
  });
});
