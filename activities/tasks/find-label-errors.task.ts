import { confidentLearning } from '../../ml/analysis/labels/confident-learning.js';
import { joinFolds } from '../../ml/analysis/labels/join-folds.js';
import { showCandidates } from '../../ml/analysis/labels/show-candidates.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { decodeNpy } from '../../ml/data/npy.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import type { LabelErrors } from '../../shared/analysis/label-errors.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';

interface FindLabelErrorsParams {
  /** What made the probabilities, for people. */
  readonly model: string;
  /** Candidates in the list, with their pictures. */
  readonly shown: number;
}

/**
 * Ranks the training labels that look wrong by out-of-fold probabilities. Inputs: `images`, `labels`, and `rows` and `proba` of all folds, in
 * the same order. Outputs: `labelErrors` (JSON, {@link LabelErrors}).
 */
const findLabelErrors: StepFunction<FindLabelErrorsParams> = ({ params, inputs }, hooks) => {
  const labels = decodeLabels(inputs['labels']?.[0]);
  const { rows = [], proba: probabilities = [] } = inputs;
  if (rows.length !== probabilities.length) throw new InvalidDataError(`${rows.length} folds of rows, but ${probabilities.length} of probabilities: expected both of every fold.`);
  const folds = rows.map((bytes, fold) => ({ rows: decodeRows(bytes, fold), proba: decodeProbabilities(`fold ${fold}`, probabilities[fold]) }));
  const proba = joinFolds(folds, labels.length);
  hooks.progress({ fraction: 0.3, note: `${folds.length} folds joined` });
  const findings = confidentLearning('out-of-fold probabilities', proba, labels);
  hooks.progress({ fraction: 0.8, note: `${findings.confident.size} likely errors` });
  const result: LabelErrors = {
    kind: 'label-errors', model: params.model, folds: folds.length, rows: labels.length,
    accuracy: accuracy(argmaxRows(proba), labels), logLoss: logLoss(proba, labels),
    confident: findings.figures, found: findings.confident.size, ranked: findings.candidates.length,
    candidates: showCandidates(findings, labels, inputs['images'] ?? [], params.shown),
  };
  hooks.progress({ fraction: 1 });
  return {
    outputs: { labelErrors: { bytes: new TextEncoder().encode(JSON.stringify(result)), mediaType: MEDIA.json } },
    summary: { found: result.found, noise: result.confident.noise, accuracy: result.accuracy },
  };
};

function decodeRows(bytes: Uint8Array, fold: number): Int32Array {
  const { data } = decodeNpy(bytes, `rows of fold ${fold}`);
  if (data instanceof Int32Array) return data;
  throw new InvalidDataError(`Rows of fold ${fold}: expected int32, got ${data.constructor.name}.`);
}

export default findLabelErrors;
