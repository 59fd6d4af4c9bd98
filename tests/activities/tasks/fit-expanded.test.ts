import assert from 'node:assert/strict';
import { fitStep } from '../../../activities/tasks/fit-model.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { model as logisticRegression } from '../../../ml/models/logistic-regression.js';
import type { ModelKind } from '../../../ml/models/model.js';
import type { StepHooks, StepOutput } from '../../../shared/step.js';
import { toyDigits } from '../../support/digits.js';

type Options = typeof logisticRegression extends ModelKind<infer O> ? O : never;

describe('a fit on expanded rows', () => {
  const [ROWS, VALIDATION, AREA] = [60, 20, 784];
  const { x, labels } = toyDigits({ rows: ROWS, seed: 3 });
  /** Two copies of each row before the validation rows, told apart by their first pixels. */
  const copies = new Uint8Array(2 * (ROWS - VALIDATION) * AREA);
  for (let i = 0; i < 2 * (ROWS - VALIDATION); i++) copies.set([i, 200], i * AREA);
  const hooks: StepHooks = { progress: () => undefined, signal: new AbortController().signal };
  const inputs = { images: [encodeNpy(x.data, [ROWS, 28, 28])], labels: [encodeNpy(labels, [ROWS])] };
  const shards = [[0, 50], [50, 80], [80, 80]].map(([from, to]) => encodeNpy(copies.slice((from as number) * AREA, (to as number) * AREA), [(to as number) - (from as number), 28, 28]));

  /** What the model is fitted on. */
  const seenBy = async (more: Readonly<Record<string, Uint8Array[]>>): Promise<{ train: LabelledMatrix; validation: LabelledMatrix }> => {
    let seen: { train: LabelledMatrix; validation: LabelledMatrix } | undefined;
    const watched: ModelKind<Options> = {
      ...logisticRegression,
      fit: (train, validation, ...rest) => {
        seen = { train, validation };
        return logisticRegression.fit(train, validation, ...rest);
      },
    };
    await Promise.resolve<StepOutput | Promise<StepOutput>>(fitStep(watched)({
      params: { input: 'pixels', options: { maxIterations: 2 }, validationRows: VALIDATION }, seed: 1, native: {}, inputs: { ...inputs, ...more },
    }, hooks));
    assert.ok(seen);
    return seen;
  };

  it('shows the model the rows before the validation rows, then their copies with their labels', async () => {
    const { train, validation } = await seenBy({ 'augmented:images': shards });
    const own = ROWS - VALIDATION;
    assert.deepEqual([train.x.rows, train.labels.length, validation.x.rows], [3 * own, 3 * own, VALIDATION]);
    assert.deepEqual([...train.labels], [...labels.slice(0, own), ...Array.from({ length: 2 * own }, (_, i) => labels[i >> 1])]);
    const last = (3 * own - 1) * AREA;
    assert.deepEqual([...train.x.data.slice(last, last + 2)], [2 * own - 1, 200]);
    assert.deepEqual([...train.x.data.slice(0, AREA)], [...x.data.slice(0, AREA)]);
  });

  it('leaves the validation rows and a fit without copies as they are', async () => {
    const [plain, expanded] = [await seenBy({}), await seenBy({ 'augmented:images': shards })];
    assert.equal(plain.train.x.rows, ROWS - VALIDATION);
    assert.deepEqual(plain.validation, expanded.validation);
    assert.deepEqual([...plain.validation.labels], [...labels.slice(ROWS - VALIDATION)]);
  });

  it('refuses copies that are not equally many for each row', async () => {
    await assert.rejects(seenBy({ 'augmented:images': shards.slice(0, 1) }), { name: 'InvalidDataError', message: /got 50 x 784 .* for 40 x 784/ });
  });
});
