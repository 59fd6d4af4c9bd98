import { shrinkClassical } from '../../ml/compression/classical/shrink-classical.js';
import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { inputsBehind } from '../../ml/data/inputs-behind.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { model as bagging } from '../../ml/models/bagging.js';
import { model as decisionTree } from '../../ml/models/decision-tree.js';
import { model as extraTrees } from '../../ml/models/extra-trees.js';
import type { ModelKind } from '../../ml/models/model.js';
import { model as randomForest } from '../../ml/models/random-forest.js';
import { model as svm } from '../../ml/models/svm.js';
import { model as xgboost } from '../../ml/models/xgboost.js';
import { MEDIA } from '../../shared/artifact.js';
import type { SHRINKABLE_KINDS } from '../../shared/compression.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { matrixArtifact } from './matrix-artifact.js';
import { predictInParts } from './predict-in-parts.js';
import { probabilitiesOutput } from './probabilities-output.js';
import { splitRows } from './split-rows.js';

/** What `shrink-classical` is told. */
export interface ShrinkParams {
  readonly kind: (typeof SHRINKABLE_KINDS)[number];
  readonly input: ModelInput;
  readonly mostLost: number;
  readonly validationRows: number;
}

const KINDS: Readonly<Record<ShrinkParams['kind'], ModelKind<object>>> = { svm, 'decision-tree': decisionTree, 'random-forest': randomForest, 'extra-trees': extraTrees, bagging, xgboost };

/**
 * The smallest form of a classical model (role `model`) that loses no more than `mostLost` on half of the validation rows. Outputs: `model`,
 * of the same kind, `validationProba`, and `testProba` of what the roles `test:images` or `test:x:<family>` hold.
 */
const shrink: StepFunction<ShrinkParams> = async ({ params: { kind, input, mostLost, validationRows }, inputs, native }, hooks) => {
  const [bytes] = inputs['model'] ?? [];
  if (!bytes) throw new InvalidDataError('shrink-classical was given no model.');
  const x = assembleInput(input, inputs);
  const { train, validation } = splitRows(x, decodeLabels(inputs['labels']?.[0], x.rows), validationRows);
  let ticks = 0;
  const shrunk = await shrinkClassical(KINDS[kind], bytes, { train, validation }, mostLost, {
    native,
    working() {
      hooks.signal.throwIfAborted();
      hooks.progress({ fraction: 1 - 1 / (1 + ++ticks / 100) });
    },
  });
  const model = await KINDS[kind].load(shrunk.bytes, native);
  try {
    const predicting = (): void => hooks.progress({ fraction: 1, note: 'predicting' });
    const validationProba = await predictInParts(model, validation.x, hooks.signal, predicting);
    const testProba = await predictInParts(model, assembleInput(input, inputsBehind('test:', inputs) ?? {}), hooks.signal, predicting);
    return {
      outputs: {
        model: { bytes: shrunk.bytes, mediaType: MEDIA.binary },
        validationProba: matrixArtifact(validationProba),
        ...probabilitiesOutput(testProba),
      },
      summary: {
        how: shrunk.how, bytesBefore: bytes.length, bytes: shrunk.bytes.length, judgingAccuracyBefore: shrunk.accuracyBefore, judgingAccuracy: shrunk.accuracy,
        validationAccuracy: accuracy(argmaxRows(validationProba), validation.labels), parameters: model.parameters, runtime: model.runtime,
      },
    };
  } finally {
    model.dispose();
  }
};

export default shrink;
