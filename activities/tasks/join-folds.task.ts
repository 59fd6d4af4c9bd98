import { joinFolds } from '../../ml/analysis/labels/join-folds.js';
import { decodeFolds } from '../../ml/data/decode-folds.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepFunction } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';

/**
 * One model's out-of-fold probabilities of all training rows, in order. Inputs: `labels`, and `rows` and `proba` of all folds of one
 * assignment, in the same order. Outputs: `outOfFold` (float32 [rows, 10]).
 */
const join: StepFunction<JsonObject> = ({ inputs }, hooks) => {
  const labels = decodeLabels(inputs['labels']?.[0]);
  const joined = joinFolds(decodeFolds(inputs), labels.length);
  hooks.progress({ fraction: 1 });
  return {
    outputs: { outOfFold: matrixArtifact(joined) },
    summary: { accuracy: accuracy(argmaxRows(joined), labels), logLoss: logLoss(joined, labels) },
  };
};

export default join;
