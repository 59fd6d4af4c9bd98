import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { crossFit } from '../../ml/ensembles/cross-fit.js';
import type { Bases, Ensemble, EnsembleContext, EnsembleKind } from '../../ml/ensembles/ensemble.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import { rowsBetween } from '../../ml/matrix.js';
import type { Matrix } from '../../ml/matrix.js';
import { mergeOptions } from '../../ml/models/merge-options.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepFunction } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';

/** What `combine-<method>` is told. */
export interface CombineParams {
  /** The bases, in the order of the inputs. */
  readonly names: readonly string[];
  /** Of the method. */
  readonly options: JsonObject;
  readonly validationRows: number;
}

/** A part of the step's progress. */
type Part = (from: number, share: number) => EnsembleContext;

/** An ensemble, and its answers to the validation rows: each by one that was not fitted on the row. */
interface Combined {
  readonly ensemble: Ensemble;
  readonly validation: Matrix<Float32Array>;
  /** Its own out-of-fold answers to the rows that it was fitted on. */
  readonly outOfFold: Matrix<Float32Array>;
  readonly labels: Uint8Array;
}

/**
 * The step `combine-<method>`: fits an ensemble on probabilities of rows that no base was fitted on, and answers the test rows by what the
 * bases make of them. Inputs: `labels`, `validationProba` and `testProba` of all bases; where there is `outOfFold` as well (the bases'
 * out-of-fold probabilities of all training rows), the ensemble is fitted on that, else on the validation rows. Outputs: `model`,
 * `validationProba` and `testProba`.
 */
export function combineStep<O extends object>(kind: EnsembleKind<O>): StepFunction<CombineParams> {
  return async ({ params, seed, inputs, native }, hooks) => {
    const { names, validationRows } = params;
    const options = mergeOptions(kind, params.options);
    const basesIn = (role: string): Bases => ({ names, probabilities: names.map((name, i) => decodeProbabilities(name, inputs[role]?.[i])) });
    const all = decodeLabels(inputs['labels']?.[0]);
    if (validationRows <= 0 || validationRows > all.length) throw new InvalidDataError(`${validationRows} validation rows of ${all.length} training rows: expected from 1 to all of them.`);
    const part: Part = (from, share) => ({
      seed, native, signal: hooks.signal, progress: (update) => hooks.progress({ ...update, fraction: from + share * update.fraction }),
    });
    const validation = basesIn('validationProba');
    const made = inputs['outOfFold']
      ? await onAllRows(kind, { outOfFold: basesIn('outOfFold'), validation, validationRows, labels: all, options }, part)
      : await onValidationRows(kind, { validation, labels: all.subarray(all.length - validationRows), options }, part);
    const { ensemble, labels } = made;
    try {
      const test = await ensemble.predictProba(basesIn('testProba').probabilities);
      const validationLabels = all.subarray(all.length - validationRows);
      return {
        outputs: { model: { bytes: await ensemble.save(), mediaType: MEDIA.npz }, validationProba: matrixArtifact(made.validation), testProba: matrixArtifact(test) },
        summary: {
          ...ensemble.details,
          parameters: ensemble.parameters,
          validationAccuracy: accuracy(argmaxRows(made.validation), validationLabels),
          validationLogLoss: logLoss(made.validation, validationLabels),
          outOfFoldAccuracy: accuracy(argmaxRows(made.outOfFold), labels),
          outOfFoldLogLoss: logLoss(made.outOfFold, labels),
          rows: labels.length,
        },
      };
    } finally {
      ensemble.dispose();
    }
  };
}

/** On the validation rows, which the models did not see; the answers to them are out of fold. */
async function onValidationRows<O extends object>(
  kind: EnsembleKind<O>, { validation, labels, options }: { readonly validation: Bases; readonly labels: Uint8Array; readonly options: O }, part: Part,
): Promise<Combined> {
  const outOfFold = await crossFit(kind, validation, labels, options, part(0, 0.8));
  return { ensemble: await kind.fit(validation, labels, options, part(0.8, 0.2)), validation: outOfFold, outOfFold, labels };
}

/**
 * On what the models of the folds make of all training rows. The validation rows are answered as test rows will be, by the models that are
 * kept, with an ensemble of the rows before them: neither saw them.
 */
async function onAllRows<O extends object>(
  kind: EnsembleKind<O>,
  { outOfFold: folded, validation, validationRows, labels, options }:
    { readonly outOfFold: Bases; readonly validation: Bases; readonly validationRows: number; readonly labels: Uint8Array; readonly options: O },
  part: Part,
): Promise<Combined> {
  const outOfFold = await crossFit(kind, folded, labels, options, part(0, 0.7));
  const border = labels.length - validationRows;
  const before = { names: folded.names, probabilities: folded.probabilities.map((matrix) => rowsBetween(matrix, 0, border)) };
  const judged = await kind.fit(before, labels.subarray(0, border), options, part(0.7, 0.15));
  try {
    const answers = await judged.predictProba(validation.probabilities);
    return { ensemble: await kind.fit(folded, labels, options, part(0.85, 0.15)), validation: answers, outOfFold, labels };
  } finally {
    judged.dispose();
  }
}
