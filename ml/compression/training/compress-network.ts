import type { JsonObject } from '../../../shared/json.js';
import { checkTrainingData } from '../../models/check-training-data.js';
import { encodeSavedNetwork } from '../../models/encode-saved-network.js';
import type { FitContext } from '../../models/model.js';
import { readLayersModel } from '../../models/read-layers-model.js';
import type { NetworkSets } from '../../models/train-engine.js';
import type { CompressedWeights } from '../compressed-weights.js';
import { channelStage } from './channel-stage.js';
import { checkPlan } from './check-plan.js';
import { clusterStage } from './cluster-stage.js';
import { COMPRESSION_RECIPE } from './compression-plan.js';
import type { CompressionPlan } from './compression-plan.js';
import type { CompressionStage } from './compression-stage.js';
import { foldCompressed } from './fold-compressed.js';
import { pruneStage } from './prune-stage.js';
import { quantizeStage } from './quantize-stage.js';
import { runStage } from './run-stage.js';
import type { StageResult } from './run-stage.js';
import { settleStage } from './settle-stage.js';
import { checkImages, taughtSets } from './taught-sets.js';
import { decodeStages, encodeStages } from './stage-checkpoint.js';
import { withDropout } from './with-dropout.js';

/** A network that was compressed by training. */
export interface CompressedNetwork {
  /** The format of every trained network; weights are pruned, shared and on their grids exactly. */
  readonly bytes: Uint8Array;
  /** What these weights stand for. */
  readonly weights: CompressedWeights;
  /** By stage: the details of its training; `validationAccuracy` is that of the kept epoch, all that the stage does applied. */
  readonly details: JsonObject;
}

/**
 * Compresses a trained network by training it on, stage by stage. A network that is quantised comes back with batch normalisation folded
 * into kernels and biases. It answers for an image as it is, of a network with `testTimeAugmentation` too. It resumes from a checkpoint to the same bytes.
 * @param trained what a trained network's save() wrote.
 * @param data the rows to train on, and those that choose the epoch.
 * @throws InvalidConfigError for a plan that cannot be used and a network with layers that are not compiled; InvalidModelError when the
 * bytes are no network; InvalidDataError when the images are of another size.
 */
export async function compressNetwork(trained: Uint8Array, data: NetworkSets, plan: CompressionPlan, context: FitContext): Promise<CompressedNetwork> {
  checkPlan(plan);
  checkTrainingData(data.train, data.validation);
  const stages = stagesOf(plan);
  const saved = withDropout(readLayersModel(trained), plan.dropout);
  checkImages(saved, data);
  const { sets, teacher } = taughtSets(data, plan.distil);
  const { checkpoint, ...surroundings } = context;
  const from = checkpoint ? decodeStages(checkpoint) : { stage: 0, saved, details: {}, segment: undefined };
  let result: StageResult | undefined;
  let { details } = from;
  for (const [index, stage] of stages.entries()) {
    if (index < from.stage) continue;
    const start = result?.saved ?? from.saved;
    const before = details;
    result = await runStage(stage, start, sets, { recipe: { ...COMPRESSION_RECIPE, ...plan.recipe, epochs: stage.epochs, ...(stage.learningRate !== undefined && { learningRate: stage.learningRate }) }, teacher }, {
      ...surroundings,
      ...(index === from.stage && from.segment && { checkpoint: from.segment }),
      progress: (update) => context.progress({ ...update, fraction: (index + update.fraction) / stages.length, ...(update.note !== undefined && { note: `${stage.name}, ${update.note}` }) }),
      saveCheckpoint: async (segment) => context.saveCheckpoint?.(encodeStages({ stage: index, saved: start, details: before, segment })),
    });
    details = { ...details, [stage.name]: result.details };
  }
  const { saved: last, compressed } = result as StageResult;
  const ended = plan.quantize ? foldCompressed(last, compressed) : { saved: last, compressed };
  return { bytes: encodeSavedNetwork({ ...ended.saved, details: { ...atOnePlace(saved.details), compression: details } }), weights: ended.compressed, details };
}

/** A small network is to be quick, so it answers at one place, whatever its network does. */
function atOnePlace({ testTimeAugmentation: _, ...fitted }: JsonObject): JsonObject {
  return fitted;
}

function stagesOf(plan: CompressionPlan): CompressionStage[] {
  const { channels, prune, cluster, quantize, settle } = plan;
  return [
    ...(channels ? [channelStage(channels, plan)] : []),
    ...(prune ? [pruneStage(prune, plan)] : []),
    ...(cluster ? [clusterStage(cluster, plan)] : []),
    ...(quantize ? [quantizeStage(quantize, plan)] : []),
    ...(quantize && settle ? [settleStage(settle, quantize, plan)] : []),
  ];
}
