import assert from 'node:assert/strict';
import { argmaxRows } from '../../../../../ml/evaluation/argmax-rows.js';
import { classicalOnnx } from '../../../../../ml/export/onnx/classical/classical-onnx.js';
import type { LabelledMatrix } from '../../../../../ml/matrix.js';
import { rowsBetween } from '../../../../../ml/matrix.js';
import { asFloats } from '../../../../../ml/models/as-floats.js';
import type { ModelKind } from '../../../../../ml/models/model.js';
import type { NativePaths } from '../../../../../shared/step.js';
import { InvalidModelError } from '../../../../../shared/errors.js';
import { toyDigits } from '../../../../support/digits.js';
import { QUIET } from '../../../../support/fit-context.js';
import { runOnnx } from '../../../../support/run-onnx.js';

interface OnnxContract<O extends object> {
  readonly options?: Partial<O>;
  readonly native?: NativePaths;
  /** What distinguishes this suite's title from others of the kind. */
  readonly named?: string;
  /** How far probabilities may be from the trained model's. @default 1e-5 */
  readonly within?: number;
  /** Makes the digits. @default toyDigits */
  readonly digits?: typeof toyDigits;
  /** Training and validation rows. @default `digits` */
  readonly data?: { readonly train: LabelledMatrix; readonly validation: LabelledMatrix };
}

/** What every classical kind's ONNX file owes: the trained model's answers, in ONNX Runtime. */
export function testOnnxContract<O extends object>(kind: ModelKind<O>, { options = {}, native = {}, named = '', within = 1e-5, digits = toyDigits, data }: OnnxContract<O> = {}): void {
  describe(`${kind.name}${named && `, ${named},`} as ONNX`, function () {
    this.timeout(60_000);
    const whole = data ?? { train: digits({ rows: 300, seed: 21 }), validation: digits({ rows: 200, seed: 22 }) };
    const withoutThree: LabelledMatrix = rowsWithout(whole.train, 3);

    for (const [title, train] of [['', whole.train], [' where a class is missing from training', withoutThree]] as const) {
      it(`answers as the trained model does${title}, in a batch and alone`, async () => {
        const model = await kind.fit(train, whole.validation, { ...kind.defaults, ...options }, { ...QUIET, native });
        try {
          const x = asFloats(whole.validation.x);
          const bytes = classicalOnnx(kind.name, await model.save());
          const expected = await model.predictProba(x);
          const got = await runOnnx(bytes, x.data, x.columns);
          assert.equal(got.probabilities.length, expected.data.length);
          const furthest = got.probabilities.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected.data[i] ?? NaN))), 0);
          assert.ok(furthest <= within, `${furthest}`);
          assert.deepEqual(got.labels, [...argmaxRows(expected)]);
          const one = await runOnnx(bytes, rowsBetween(x, 7, 8).data, x.columns);
          assert.ok(one.probabilities.every((value, k) => Math.abs(value - (got.probabilities[70 + k] ?? NaN)) < 1e-6));
        } finally {
          model.dispose();
        }
      });
    }

    it('is refused by name when the bytes are no such model', () => {
      assert.throws(() => classicalOnnx(kind.name, Uint8Array.of(1, 2, 3)), InvalidModelError);
    });
  });
}

function rowsWithout({ x, labels }: LabelledMatrix, digit: number): LabelledMatrix {
  const kept = [...labels.keys()].filter((row) => labels[row] !== digit);
  const floats = asFloats(x);
  const data = new Float32Array(kept.length * x.columns);
  kept.forEach((row, i) => data.set(rowsBetween(floats, row, row + 1).data, i * x.columns));
  return { x: { rows: kept.length, columns: x.columns, data }, labels: Uint8Array.from(kept, (row) => labels[row] ?? 0) };
}
