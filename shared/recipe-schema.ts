import { AUGMENTATION_SCHEMA } from './augmentation-schema.js';
import type { JsonObject } from './json.js';
import { above, atLeast, fraction, whole } from './schema-words.js';

/** How networks are trained (`Recipe` in ml): the same words for every network. */
export const RECIPE_SCHEMA: Readonly<Record<string, JsonObject>> = {
  epochs: whole(1, 'Passes over the training rows.'),
  batchSize: whole(1, 'Rows in a step.'),
  optimiser: { enum: ['adamw', 'adam', 'sgd'], description: "AdamW, Adam with its decay in the gradient, or stochastic gradient descent with Nesterov's momentum." },
  momentum: fraction('Of sgd.'),
  learningRate: above(0, 'Peak of the schedule.'),
  schedule: { enum: ['one-cycle', 'cosine', 'exponential', 'constant'], description: 'What the learning rate does after its rise.' },
  warmUp: fraction('Part of the steps in which the learning rate rises.'),
  weightDecay: atLeast(0, 'Decay of kernels: decoupled, relative to the learning rate; of adam in the gradient.'),
  clipNorm: atLeast(0, 'Gradients are scaled down to this global norm; 0 leaves them.'),
  labelSmoothing: fraction('Part of each target spread over all classes.'),
  mixup: atLeast(0, 'Alpha of mixup; 0 is off.'),
  cutmix: atLeast(0, 'Alpha of CutMix; 0 is off.'),
  averaging: { enum: ['none', 'ema', 'swa'], description: 'Weights that answer: those of the epoch, an exponential moving average of them, or the mean of the last epochs.' },
  averageDecay: fraction('Of ema, a step.'),
  averageFrom: fraction('Of swa: part of the epochs before the first in the mean.'),
  augment: {
    description: 'What is done to the training images, anew in every epoch: none, shift (by maxShift), section (the document of the augment section), or a pipeline given inline.',
    if: { type: 'string' }, then: { enum: ['none', 'shift', 'section'] }, else: AUGMENTATION_SCHEMA,
  },
  maxShift: whole(0, 'For augment "shift": training images are moved by up to this many pixels.'),
  patience: whole(0, 'Epochs without a better validation score before the training ends; 0 never ends early.'),
  testTimeAugmentation: { enum: [1, 5, 9], description: 'Places of an image, one pixel apart, whose probabilities are averaged when the network answers.' },
  precision: { enum: ['float32', 'bfloat16'], description: 'What products and maps are computed in; weights are float32.' },
  engine: { enum: ['graph', 'eager'], description: 'Train as one TensorFlow graph, or by TensorFlow.js operation by operation.' },
  segmentEpochs: above(0, 'Epochs between two checkpoints; may be a fraction.'),
  segmentSteps: whole(0, 'Steps between two checkpoints; 0 leaves it to segmentEpochs.'),
  threads: whole(1, 'Threads of the training process; the result depends on it.'),
};
