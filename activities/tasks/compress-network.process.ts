import type { CompressionPlan, DistilPlan } from '../../ml/compression/training/compression-plan.js';
import { compressNetwork } from '../../ml/compression/training/compress-network.js';
import { variantFiles } from '../../ml/compression/variant/variant-files.js';
import { assemblePixels } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import type { UntrainedFacts } from '../../ml/export/export-metadata.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { batchItems } from '../../ml/training/batches-made-ahead.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepFunction } from '../../shared/step.js';
import { checkAsTrained } from './check-as-trained.js';
import { onePlaceNote } from './one-place-note.js';
import { splitRows } from './split-rows.js';
import { teacherOf } from './teacher-of.js';
import { variantAnswers } from './variant-answers.js';
import { variantFacts } from './variant-facts.js';

/** What `compress-network` is told. */
export interface CompressParams {
  /** Said in the variant's files. */
  readonly facts: UntrainedFacts;
  readonly plan: Omit<CompressionPlan, 'distil'> & { readonly distil?: Omit<DistilPlan, 'teacher'> };
  readonly validationRows: number;
  /** @default 1 */
  readonly threads?: number;
}

/** The part of the work that is training; the rest is writing files and predicting. */
const TRAINING = 0.9;

/**
 * A trained network (role `model`) is compressed by a plan: trained on the rows before the validation rows, which choose the epochs, and
 * written as files. A teacher is a network (`teacher`), or probabilities of all training rows (`teacherProba`; of several their mean).
 * Outputs: `model` (saved layers), `compressed`, `tflite`, `onnx`, and what that very ONNX file answers in ONNX Runtime: `validationProba`, `testProba`;
 * it has to answer as the network that was trained.
 */
const compress: StepFunction<CompressParams> = async ({ params, seed, inputs, native }, hooks) => {
  const { facts, plan: { distil, ...plan }, validationRows, threads = 1 } = params;
  const { name } = facts;
  const [model] = inputs['model'] ?? [];
  if (!model) throw new InvalidDataError('compress-network was given no model.');
  const x = assemblePixels(inputs['images']);
  const { train, validation } = splitRows(x, decodeLabels(inputs['labels']?.[0], x.rows), validationRows);
  const before = accuracy(argmaxRows(decodeProbabilities('the network', inputs['validationProba']?.[0])), validation.labels);
  const network = await compressNetwork(model, { train, validation }, { ...plan, ...(distil && { distil: { ...distil, teacher: teacherOf(inputs, train.x.rows) } }) }, {
    seed, native, signal: hooks.signal,
    progress: (update) => hooks.progress({ ...update, fraction: update.fraction * TRAINING }),
    ...(hooks.checkpoint && { checkpoint: hooks.checkpoint }),
    ...(hooks.makeAhead && { makeAhead: hooks.makeAhead }),
    ...(hooks.saveCheckpoint && { saveCheckpoint: (bytes) => hooks.saveCheckpoint?.(bytes) ?? Promise.resolve() }),
  });
  const working = (note: string): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: TRAINING, note });
  };
  const files = variantFiles(network, name, train.x, variantFacts(facts, network.bytes), () => working('writing files'));
  const { outputs, figures } = await variantAnswers(name, files, { validation, test: assemblePixels(inputs['testImages']), threads, native }, hooks.signal, working);
  const asTrained = await checkAsTrained(name, network, decodeProbabilities(name, outputs.validationProba.bytes), { validation, native }, hooks.signal, () => working('comparing with the trained network'));
  hooks.progress({ fraction: 1 });
  return {
    outputs: {
      model: { bytes: network.bytes, mediaType: MEDIA.binary }, compressed: { bytes: files.compressed, mediaType: MEDIA.binary },
      tflite: { bytes: files.tflite, mediaType: MEDIA.tflite }, onnx: { bytes: files.onnx, mediaType: MEDIA.onnx }, ...outputs,
    },
    summary: { form: files.form, ...files.sizes, validationAccuracyBefore: before, stages: stagesOf(network.details), ...figures, asTrained, ...onePlaceNote(readLayersModel(model)) },
  };
};

/** The batches of augmented images are made ahead, as those of every network. */
export default Object.assign(compress, { itemMaker: batchItems });

/** Of each stage what a table shows; the curves would be too much for a summary. */
function stagesOf(details: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(details).map(([stage, facts]) => {
    const { epochs, bestEpoch, validationAccuracy } = facts as Readonly<Record<'epochs' | 'bestEpoch' | 'validationAccuracy', number>>;
    return [stage, { epochs, bestEpoch, validationAccuracy }];
  }));
}
