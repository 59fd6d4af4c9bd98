import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { fitStack } from '../../ml/ensembles/stacking.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import type { Matrix } from '../../ml/matrix.js';
import { MEDIA } from '../../shared/artifact.js';
import type { StepArtifact, StepFunction } from '../../shared/step.js';

interface StackParams {
  /** The bases, in the order of the inputs. */
  readonly names: readonly string[];
  /** Inverse L2 strength of the meta-learner. */
  readonly C: number;
  readonly validationRows: number;
}

/** Fits the meta-learner on the bases' validation probabilities, and applies it to their test probabilities. */
const stack: StepFunction<StackParams> = async ({ params, seed, inputs, native }, hooks) => {
  const { names, C, validationRows } = params;
  const probabilities = (role: string): Matrix<Float32Array>[] => names.map((name, i) => decodeProbabilities(name, inputs[role]?.[i]));
  const all = decodeLabels(inputs['labels']?.[0]);
  const labels = all.subarray(all.length - validationRows);
  const { stack: fitted, outOfFold } = await fitStack(names, probabilities('validation'), labels, C, {
    seed, native, signal: hooks.signal, progress: (update) => hooks.progress(update),
  });
  const test = await fitted.predictProba(probabilities('test'));
  return {
    outputs: { model: { bytes: await fitted.save(), mediaType: MEDIA.npz }, validationProba: npy(outOfFold), testProba: npy(test) },
    summary: {
      parameters: fitted.parameters,
      validationAccuracy: accuracy(argmaxRows(outOfFold), labels),
      validationLogLoss: logLoss(outOfFold, labels),
      weights: Object.fromEntries(names.map((name, i) => [name, Number((fitted.weights[i] ?? 0).toPrecision(4))])),
    },
  };
};

function npy({ rows, columns, data }: Matrix<Float32Array>): StepArtifact {
  return { bytes: encodeNpy(data, [rows, columns]), mediaType: MEDIA.npy };
}

export default stack;
