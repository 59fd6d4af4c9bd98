import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { inputsBehind } from '../../ml/data/inputs-behind.js';
import { withAugmentedRows } from '../../ml/data/with-augmented-rows.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import { rowsBetween } from '../../ml/matrix.js';
import type { LabelledMatrix, Matrix } from '../../ml/matrix.js';
import type { Classifier, ModelKind } from '../../ml/models/model.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepFunction, StepInput } from '../../shared/step.js';
import { FITTING, fitKind, withThreadWork } from './fit-kind.js';
import type { FitSets, KindParams } from './fit-kind.js';
import { matrixArtifact } from './matrix-artifact.js';
import { nameColumns } from './name-columns.js';
import { predictInParts } from './predict-in-parts.js';
import { splitRows } from './split-rows.js';

/** What `fit-<kind>` is told. */
export interface FitParams extends KindParams {
  readonly input: ModelInput;
  /** The last rows of the training data, for early stopping and for whatever is chosen later. */
  readonly validationRows: number;
  /** Fit on the first so many training rows; absent: on all of them. */
  readonly fitRows?: number;
}

/**
 * The step `fit-<kind>`: fits on the training rows before the validation rows. Outputs: `model`, and `validationProba` (float32,
 * [validationRows, 10]). A network may begin with weights of the role `initialWeights`. The summary holds the validation figures, the size and what the kind tells of itself.
 */
export function fitStep<O extends object>(kind: ModelKind<O>): StepFunction<FitParams> {
  const fit: StepFunction<FitParams> = async ({ params, seed, inputs, native }, hooks) => {
    const x = assembleInput(params.input, inputs);
    const labels = decodeLabels(inputs['labels']?.[0], x.rows);
    const { train, validation } = split(x, labels, params);
    const [initialWeights] = inputs['initialWeights'] ?? [];
    const sets = { train: expanded(train, params.input, inputs), validation };
    const { model, device } = await fitKind(kind, sets, { seed, native, params, ...(initialWeights && { initialWeights }) }, hooks);
    try {
      const proba = await predictInParts(model, validation.x, hooks.signal, () => hooks.progress({ fraction: FITTING, note: 'predicting' }));
      const bytes = await model.save();
      hooks.progress({ fraction: 1 });
      return {
        outputs: {
          model: { bytes, mediaType: MEDIA.binary },
          validationProba: matrixArtifact(proba),
        },
        summary: { device, ...figures(model, proba, validation.labels), ...nameColumns(model, params.input) },
      };
    } finally {
      model.dispose();
    }
  };
  return withThreadWork(fit, kind);
}

function split(x: Matrix, labels: Uint8Array, { validationRows, fitRows }: Pick<FitParams, 'validationRows' | 'fitRows'>): FitSets {
  const { train, validation } = splitRows(x, labels, validationRows);
  const border = train.x.rows;
  if (fitRows !== undefined && (fitRows < 1 || fitRows > border)) throw new InvalidConfigError(`A fit on ${fitRows} rows was asked for; expected 1 to ${border}, the training rows before the validation rows.`);
  return { train: { x: rowsBetween(train.x, 0, fitRows ?? border), labels: train.labels.subarray(0, fitRows ?? border) }, validation };
}

/** The augmented rows (roles `augmented:images`, `augmented:x:<family>`) join the training rows, where some were given. */
function expanded(train: LabelledMatrix, input: ModelInput, inputs: StepInput['inputs']): LabelledMatrix {
  const augmented = inputsBehind('augmented:', inputs);
  return augmented ? withAugmentedRows(train, assembleInput(input, augmented)) : train;
}

function figures(model: Classifier, proba: Matrix<Float32Array>, labels: Uint8Array): JsonObject {
  return {
    validationAccuracy: accuracy(argmaxRows(proba), labels),
    validationLogLoss: logLoss(proba, labels),
    parameters: model.parameters,
    runtime: model.runtime,
  };
}
