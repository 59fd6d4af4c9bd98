import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import type { LoadedTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { rowsBetween } from '../matrix.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { batchItems, batchesMadeAhead } from '../training/batches-made-ahead.js';
import { createEagerTrainer } from '../training/eager-trainer.js';
import { inlineBatches } from '../training/inline-batches.js';
import { layersNetwork } from '../training/layers-network.js';
import { networkProbabilities, PREDICTION_BATCH } from '../training/network-probabilities.js';
import { learningRateAt } from '../training/schedule.js';
import { decodeSegment } from '../training/segment-bytes.js';
import { trainInSegments } from '../training/train-in-segments.js';
import { trainingCurves } from '../training/training-curves.js';
import type { TrainingState } from '../training/training-state.js';
import { checkTrainingData } from './check-training-data.js';
import { checkWidth } from './check-width.js';
import { decodeLayersModel, encodeLayersModel } from './cnn-bytes.js';
import { augmentationOf, checkCnnOptions } from './cnn-options.js';
import type { CnnOptions } from './cnn-options.js';
import { createCnn } from './cnn-topology.js';
import { CLASSES } from './model.js';
import type { Classifier, FitContext, ModelKind } from './model.js';

/**
 * A convolutional network on pixels, in the manner of LeNet-5 (LeCun et al., "Gradient-Based Learning Applied to Document
 * Recognition"), trained through the Trainer port with AdamW, a one-cycle learning rate and augmented images (shifted ones unless told otherwise). The epoch
 * with the best validation accuracy is kept. Training is cut into segments and resumes from a checkpoint bit by bit.
 */
export const model: ModelKind<CnnOptions> = {
  name: 'cnn',
  defaults: {
    epochs: 8,
    batchSize: 128,
    learningRate: 0.003,
    warmUp: 0.2,
    weightDecay: 0.02,
    dropout: 0.3,
    labelSmoothing: 0,
    augment: 'shift',
    maxShift: 2,
    filters: [[16], [32, 64]],
    hidden: 128,
    patience: 0,
    segmentEpochs: 0.5,
    segmentSteps: 0,
    threads: 1,
  },

  checksItself: ['augment'],
  itemMaker: batchItems,

  async fit(train, validation, options, context) {
    checkCnnOptions(options);
    checkTrainingData(train, validation);
    const side = sideOf(train.x);
    context.signal.throwIfAborted();
    const library = await loadTensorFlow(context.device);
    const network = createCnn(library.tf, side, options);
    try {
      const state = await trainCnn(library, network, side, { train, validation }, options, context);
      layersNetwork(library.tf, network).assign(state.best.weights);
      return classifier(library, network, side, detailsOf(state, options, train.x.rows));
    } catch (error) {
      network.dispose();
      throw error;
    }
  },

  async load(bytes) {
    const library = await loadTensorFlow();
    const { model: network, details } = await decodeLayersModel(library.tf, bytes);
    return classifier(library, network, network.inputs[0]?.shape[1] ?? 0, details);
  },
};

interface Sets {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix;
}

async function trainCnn(
  { tf }: LoadedTensorFlow,
  network: tfTypes.LayersModel,
  side: number,
  { train, validation }: Sets,
  options: CnnOptions,
  context: FitContext,
): Promise<TrainingState> {
  const { learningRate, warmUp, segmentSteps, segmentEpochs } = options;
  const augmentation = augmentationOf(options);
  const trainer = createEagerTrainer(tf, network, train, validation, {
    ...options, ...augmentation, seed: context.seed, side, classes: CLASSES, schedule: { peak: learningRate, warmUp },
  }, context.makeAhead && augmentation.pipeline ? batchesMadeAhead(context.makeAhead) : inlineBatches);
  try {
    const segment = segmentSteps > 0 ? segmentSteps : Math.max(1, Math.round((segmentEpochs * trainer.totalSteps) / options.epochs));
    return decodeSegment(await trainInSegments(trainer, segment, context), trainer.parameters);
  } finally {
    await trainer.close();
  }
}

function detailsOf({ history, best, step, stopped }: TrainingState, options: CnnOptions, rows: number): JsonObject {
  const epochs = history.trainingLoss.length;
  const batchSize = Math.min(options.batchSize, rows);
  const stepsPerEpoch = Math.floor(rows / batchSize);
  const schedule = { peak: options.learningRate, warmUp: options.warmUp };
  const learningRate = history.trainingLoss.map((_, epoch) => learningRateAt(schedule, (epoch + 1) * stepsPerEpoch - 1, options.epochs * stepsPerEpoch));
  return {
    epochs,
    bestEpoch: best.epoch,
    stoppedEarly: stopped && epochs < options.epochs,
    trainingImages: step * batchSize,
    curves: trainingCurves({ ...history, learningRate }),
  };
}

function classifier({ tf, runtime }: LoadedTensorFlow, network: tfTypes.LayersModel, side: number, details: JsonObject): Classifier {
  const layers = layersNetwork(tf, network);
  const columns = side * side;
  return {
    columns,
    parameters: layers.parameters,
    runtime,
    details,
    async predictProba(x) {
      checkWidth('CNN', x, columns);
      const data = new Float32Array(x.rows * CLASSES);
      for (let from = 0; from < x.rows; from += PREDICTION_BATCH) {
        const rows = rowsBetween(x, from, Math.min(from + PREDICTION_BATCH, x.rows));
        data.set(networkProbabilities(tf, layers, rows, side), from * CLASSES);
      }
      return { rows: x.rows, columns: CLASSES, data };
    },
    save: async () => encodeLayersModel(network, details),
    dispose: () => void network.dispose(),
  };
}

/** @throws InvalidDataError when the rows are no square images. */
function sideOf({ columns }: Matrix): number {
  const side = Math.round(Math.sqrt(columns));
  if (side * side !== columns) throw new InvalidDataError(`A CNN takes square images: rows of ${columns} columns are none.`);
  return side;
}
