import { confidentLearning } from '../../ml/analysis/labels/confident-learning.js';
import { joinFolds } from '../../ml/analysis/labels/join-folds.js';
import { showCandidates } from '../../ml/analysis/labels/show-candidates.js';
import { decodeFolds } from '../../ml/data/decode-folds.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import type { LabelErrors } from '../../shared/analysis/label-errors.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

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
  const folds = decodeFolds(inputs);
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
    outputs: { labelErrors: jsonArtifact(result) },
    summary: { found: result.found, noise: result.confident.noise, accuracy: result.accuracy },
  };
};

export default findLabelErrors;
