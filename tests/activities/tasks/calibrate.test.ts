import assert from 'node:assert/strict';
import calibrate from '../../../activities/tasks/calibrate.task.js';
import evaluate from '../../../activities/tasks/evaluate.task.js';
import { decodeCalibration } from '../../../ml/calibration/calibration-bytes.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import type { Matrix } from '../../../ml/matrix.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { InvalidDataError } from '../../../shared/errors.js';
import type { Evaluation } from '../../../shared/metrics.js';
import type { StepHooks, StepOutput } from '../../../shared/step.js';
import { plantedRows } from '../../ml/calibration/planted-rows.js';

const SETTINGS = { methods: ['temperature'], risks: [0.3], alphas: [0.1] } as const;
const VALIDATION = 1_500;
const { proba, labels } = plantedRows({ rows: 3_000, seed: 2, temperature: 0.5 });
const npy = ({ rows, columns, data }: Matrix<Float32Array>): Uint8Array => encodeNpy(data, [rows, columns]);
const labelsOf = (some: Uint8Array): Uint8Array => encodeNpy(some, [some.length]);
const TEST = rowsBetween(proba, VALIDATION, 3_000);
const TEST_LABELS = labels.subarray(VALIDATION);

function hooks(fractions: number[] = []): StepHooks {
  return { progress: ({ fraction }) => void fractions.push(fraction), signal: new AbortController().signal };
}

/** Validation rows come last of all training rows; the label of the rows before must not count. */
function calibrated(before: number, over: { readonly fractions?: number[]; readonly signal?: AbortSignal } = {}): StepOutput | Promise<StepOutput> {
  const all = Uint8Array.of(...new Uint8Array(200).fill(before), ...labels.subarray(0, VALIDATION));
  const params = { name: 'model', ...SETTINGS, validationRows: VALIDATION };
  return calibrate({ params, seed: 5, native: {}, inputs: { proba: [npy(rowsBetween(proba, 0, VALIDATION))], labels: [labelsOf(all)] } }, { ...hooks(over.fractions), ...(over.signal && { signal: over.signal }) });
}

describe('the step calibrate', () => {
  it('learns from the validation rows alone, says how it went, and gives the same bytes again', async () => {
    const fractions: number[] = [];
    const { outputs, summary } = await calibrated(0, { fractions });
    const { calibrator, summary: found } = decodeCalibration('model', outputs['calibration']?.bytes);
    assert.equal(calibrator.method, 'temperature');
    assert.equal(found.rows, VALIDATION);
    assert.ok((summary['logLossAfter'] as number) < (summary['logLossBefore'] as number) - 0.1, JSON.stringify(summary));
    assert.ok(JSON.stringify(summary).length < 1_000);
    assert.ok(fractions.length > 10 && fractions.every((fraction, i) => i === 0 || fraction >= (fractions[i - 1] ?? 0)) && fractions.at(-1) === 1);
    assert.deepEqual((await calibrated(7)).outputs['calibration']?.bytes, outputs['calibration']?.bytes);
  });

  it('stops when it is cancelled, and refuses labels that are not those of its rows', async () => {
    await assert.rejects(async () => calibrated(0, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    const params = { name: 'model', ...SETTINGS, validationRows: 4 };
    const inputs = { proba: [npy(TEST)], labels: [labelsOf(TEST_LABELS)] };
    await assert.rejects(async () => calibrate({ params, seed: 5, native: {}, inputs }, hooks()), InvalidDataError);
  });
});

describe('the step evaluate with calibrations', () => {
  const run = async (calibration: readonly Uint8Array[], fractions: number[] = []): Promise<Evaluation> => {
    const inputs = { proba: [npy(TEST), npy(TEST)], labels: [labelsOf(TEST_LABELS)], ...(calibration.length > 0 && { calibration }) };
    const { outputs } = await evaluate({ params: { names: ['one', 'two'], variants: [] }, seed: 3, native: {}, inputs }, hooks(fractions));
    return JSON.parse(new TextDecoder().decode(outputs['evaluation']?.bytes)) as Evaluation;
  };

  it('measures every model before and after, and leaves the figures of its own probabilities as they were', async () => {
    const bytes = (await calibrated(0)).outputs['calibration']?.bytes ?? new Uint8Array(0);
    const [with_, without] = [await run([bytes, bytes]), await run([])];
    for (const [i, { calibrated: measured, ...own }] of with_.models.entries()) {
      assert.deepEqual(own, without.models[i]);
      assert.ok(measured && measured.after.logLoss < measured.before.logLoss - 0.1);
      assert.equal(measured.before.logLoss, own.logLoss);
      assert.deepEqual(measured.conformal.map(({ alpha }) => alpha), [0.1, 0.1, 0.1, 0.1]);
    }
    assert.deepEqual(await run([bytes, bytes]), with_);
  });

  it('says after every model how far it is', async () => {
    const fractions: number[] = [];
    await run([], fractions);
    assert.deepEqual(fractions.map((fraction) => Number(fraction.toFixed(3))), [0.1, 0.5, 0.9, 1]);
  });

  it('refuses a calibration too few, and foreign bytes', async () => {
    const bytes = (await calibrated(0)).outputs['calibration']?.bytes ?? new Uint8Array(0);
    await assert.rejects(run([bytes]), (error) => error instanceof InvalidDataError && /1 calibrations for 2 models/.test(error.message));
    await assert.rejects(run([bytes, new Uint8Array(9)]), { name: 'InvalidModelError' });
  });
});
