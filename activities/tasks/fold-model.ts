import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { inputsBehind } from '../../ml/data/inputs-behind.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { takeLabelledRows } from '../../ml/data/take-labelled-rows.js';
import { splitFold } from '../../ml/ensembles/split-fold.js';
import type { FoldChoice } from '../../ml/ensembles/split-fold.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../ml/evaluation/log-loss.js';
import type { ModelKind } from '../../ml/models/model.js';
import { MEDIA } from '../../shared/artifact.js';
import type { StepFunction } from '../../shared/step.js';
import { FITTING, fitKind, withThreadWork } from './fit-kind.js';
import type { KindParams } from './fit-kind.js';
import { matrixArtifact } from './matrix-artifact.js';
import { predictInParts } from './predict-in-parts.js';
import { probabilitiesOutput } from './probabilities-output.js';

/** What `fold-<kind>` is told; the calls of one assignment differ in `fold` alone. */
export interface FoldParams extends KindParams, FoldChoice {
  readonly input: ModelInput;
}

/**
 * The step `fold-<kind>`: a model of all training rows but one fold predicts that fold, so that no row is judged by a model that saw
 * it. Outputs: `rows` (int32, the fold's rows, ascending) and `proba` (float32, [rows, 10], in their order); where test rows are given
 * (roles `test:images`, `test:x:<family>`), `testProba` as well: one more independent opinion for the audit of their labels.
 */
export function foldStep<O extends object>(kind: ModelKind<O>): StepFunction<FoldParams> {
  const fold: StepFunction<FoldParams> = async ({ params, seed, inputs, native }, hooks) => {
    const x = assembleInput(params.input, inputs);
    const all = { x, labels: decodeLabels(inputs['labels']?.[0], x.rows) };
    const rows = splitFold(all.labels, params);
    const sets = { train: takeLabelledRows(all, rows.train), validation: takeLabelledRows(all, rows.validation) };
    const { model, device } = await fitKind(kind, sets, { seed, native, params }, hooks);
    try {
      const held = takeLabelledRows(all, rows.held);
      const proba = await predictInParts(model, held.x, hooks.signal, (done) => hooks.progress({ fraction: FITTING + (1 - FITTING) * done, note: 'predicting' }));
      const test = inputsBehind('test:', inputs);
      const testProba = test && (await predictInParts(model, assembleInput(params.input, test), hooks.signal, () => hooks.progress({ fraction: 1, note: 'test rows' })));
      return {
        outputs: {
          rows: { bytes: encodeNpy(rows.held, [rows.held.length]), mediaType: MEDIA.npy },
          proba: matrixArtifact(proba),
          ...(testProba && probabilitiesOutput(testProba)),
        },
        summary: { device, accuracy: accuracy(argmaxRows(proba), held.labels), logLoss: logLoss(proba, held.labels), runtime: model.runtime },
      };
    } finally {
      model.dispose();
    }
  };
  return withThreadWork(fold, kind);
}
