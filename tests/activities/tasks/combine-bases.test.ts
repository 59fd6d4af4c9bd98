import assert from 'node:assert/strict';
import { combineStep } from '../../../activities/tasks/combine-bases.js';
import joinFoldsStep from '../../../activities/tasks/join-folds.task.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import type { Bases } from '../../../ml/ensembles/ensemble.js';
import { loadEnsemble } from '../../../ml/ensembles/load-ensemble.js';
import { method as logPool } from '../../../ml/ensembles/log-pool.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import type { StepOutput } from '../../../shared/step.js';
import { labelsOf, madeUpBases } from '../../support/made-up-bases.js';
import { runStep } from '../../support/run-step.js';

const ROWS = 600;
const VALIDATION = 200;
const SKILLS = { a: 0.8, b: 0.7, c: 0.6 };
const combine = combineStep(logPool);

function files({ probabilities }: Bases): Uint8Array[] {
  return probabilities.map(({ rows, columns, data }) => encodeNpy(data, [rows, columns]));
}

function probabilitiesOf({ outputs }: StepOutput, role: string): Float32Array {
  return decodeNpy(outputs[role]?.bytes ?? new Uint8Array()).data as Float32Array;
}

describe('the step that combines bases', function () {
  this.timeout(30_000);
  const labels = labelsOf(ROWS);
  const validation = madeUpBases(labels.subarray(ROWS - VALIDATION), SKILLS, 1);
  const folded = madeUpBases(labels, SKILLS, 2);
  const test = madeUpBases(labelsOf(50), SKILLS, 3);
  const params = { names: Object.keys(SKILLS), options: { C: 1 }, validationRows: VALIDATION };
  const given = { labels: [encodeNpy(labels, [ROWS])], validationProba: files(validation), testProba: files(test) };
  const onSplit = (over: object = {}, inputs: object = {}): Promise<StepOutput> => runStep(combine, { ...params, ...over }, { ...given, ...inputs });
  const onFolds = (inputs: object = {}): Promise<StepOutput> => runStep(combine, params, { ...given, outOfFold: files(folded), ...inputs });

  it('fits on the validation rows, and answers each of them by an ensemble that did not see it', async () => {
    const made = await onSplit();
    const { summary } = made;
    assert.equal(summary['rows'], VALIDATION);
    assert.deepEqual([summary['validationLogLoss'], summary['validationAccuracy']], [summary['outOfFoldLogLoss'], summary['outOfFoldAccuracy']]);
    const ensemble = await loadEnsemble(made.outputs['model']?.bytes ?? new Uint8Array(), {});
    const seen = (await ensemble.predictProba(validation.probabilities)).data;
    assert.equal(probabilitiesOf(made, 'validationProba').length, VALIDATION * 10);
    assert.notDeepEqual(probabilitiesOf(made, 'validationProba'), seen);
    assert.deepEqual(probabilitiesOf(made, 'testProba'), (await ensemble.predictProba(test.probabilities)).data);
  });

  it('fits on all training rows where their out-of-fold probabilities are there, and answers the validation rows by the models that are kept', async () => {
    const made = await onFolds();
    assert.equal(made.summary['rows'], ROWS);
    const ensemble = await loadEnsemble(made.outputs['model']?.bytes ?? new Uint8Array(), {});
    assert.deepEqual(probabilitiesOf(made, 'testProba'), (await ensemble.predictProba(test.probabilities)).data);
    const context = { seed: 0, native: {}, signal: new AbortController().signal, progress: () => undefined };
    const before = { names: folded.names, probabilities: folded.probabilities.map((matrix) => rowsBetween(matrix, 0, ROWS - VALIDATION)) };
    const judge = await logPool.fit(before, labels.subarray(0, ROWS - VALIDATION), { C: 1 }, context);
    assert.deepEqual(probabilitiesOf(made, 'validationProba'), (await judge.predictProba(validation.probabilities)).data);
  });

  it('lets no label of the validation rows into the answers to them', async () => {
    const changed = labels.map((label, row) => (row >= ROWS - VALIDATION ? (label + 1) % 10 : label));
    const [one, other] = [await onFolds(), await onFolds({ labels: [encodeNpy(changed, [ROWS])] })];
    assert.deepEqual(probabilitiesOf(other, 'validationProba'), probabilitiesOf(one, 'validationProba'));
    assert.notDeepEqual(probabilitiesOf(other, 'testProba'), probabilitiesOf(one, 'testProba'));
  });

  it('refuses an option that the method does not have, bases that are missing, and splits of other rows', async () => {
    await assert.rejects(onSplit({ options: { depth: 2 } }), InvalidConfigError);
    await assert.rejects(onSplit({ names: ['a'] }), InvalidDataError);
    await assert.rejects(onSplit({}, { validationProba: files(validation).slice(1) }), InvalidDataError);
    await assert.rejects(onSplit({}, { testProba: [] }), InvalidDataError);
    for (const validationRows of [0, ROWS + 1, 100]) await assert.rejects(onSplit({ validationRows }), InvalidDataError, `${validationRows}`);
    await assert.rejects(onFolds({ outOfFold: files(validation) }), InvalidDataError);
  });
});

describe('the step that joins folds', () => {
  const labels = labelsOf(40);
  const { probabilities: [base] } = madeUpBases(labels, { a: 0.9 }, 1);
  if (!base) throw new Error('a base was not made up');
  const fold = (parity: number): { rows: Uint8Array; proba: Uint8Array } => {
    const rows = Int32Array.from(labels.keys()).filter((row) => row % 2 === parity);
    const data = Float32Array.from({ length: 200 }, (_, i) => base.data[(rows[Math.floor(i / 10)] ?? 0) * 10 + (i % 10)] ?? 0);
    return { rows: encodeNpy(rows, [20]), proba: encodeNpy(data, [20, 10]) };
  };
  const [even, odd] = [fold(0), fold(1)];
  const join = (inputs: Record<string, Uint8Array[]>): Promise<StepOutput> => runStep(joinFoldsStep, {}, { labels: [encodeNpy(labels, [40])], ...inputs });

  it('puts every row in its place, in whatever order the folds come', async () => {
    for (const folds of [[even, odd], [odd, even]] as const) {
      const made = await join({ rows: folds.map(({ rows }) => rows), proba: folds.map(({ proba }) => proba) });
      assert.deepEqual(probabilitiesOf(made, 'outOfFold'), base.data);
      assert.ok((made.summary['accuracy'] as number) > 0.7);
    }
  });

  it('refuses a fold too few, one given twice, and rows that are no whole numbers', async () => {
    await assert.rejects(join({ rows: [even.rows], proba: [even.proba] }), InvalidDataError);
    await assert.rejects(join({ rows: [even.rows, even.rows], proba: [even.proba, even.proba] }), InvalidDataError);
    await assert.rejects(join({ rows: [even.rows, odd.rows], proba: [even.proba] }), InvalidDataError);
    await assert.rejects(join({ rows: [even.proba, odd.rows], proba: [even.proba, odd.proba] }), InvalidDataError);
  });
});
