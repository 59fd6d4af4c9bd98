import { ENSEMBLE_TEACHER, POST_TRAINING_FORMS, SHRINKABLE_KINDS } from './compression.js';
import type { Json, JsonObject } from './json.js';
import { RECIPE_SCHEMA } from './recipe-schema.js';
import { above, fraction, whole } from './schema-words.js';

const WIDTHS: JsonObject = { enum: [8, 4, 3, 2, 'ternary', 1] };
/** What a plan says elsewhere, or has no part in compression. */
const NOT_OF_RECIPE = ['epochs', 'engine', 'testTimeAugmentation'];
const RECIPE = Object.fromEntries(Object.entries(RECIPE_SCHEMA).filter(([name]) => !NOT_OF_RECIPE.includes(name)));

const DISTIL = object('It is taught in every stage.', ['teacher'], {
  teacher: { type: 'string', description: `A network of the run, another model that is folded (ensemble.outOfFold), or ${ENSEMBLE_TEACHER}: the mean of all that are folded.` },
  temperature: { type: 'number', minimum: 1, description: 'The higher, the more the teacher\'s second choices count.' },
  share: { ...part(), description: 'Of the loss; the labels have the rest.' },
});
const RECIPE_OF_PLAN = object('How it is trained, where that differs from the usual recipe; images are augmented as its model\'s are.', [], RECIPE);

/** Networks that are quantised after their training. */
export const QUANTISED_MODELS_SCHEMA: JsonObject = {
  type: 'array', uniqueItems: true, description: 'Networks to be quantised after training; each form is reported as <model>-<form>.',
  items: { anyOf: [
    { type: 'string', description: 'A network of train.models, to be quantised to int8.' },
    object('A network in some forms.', ['model', 'forms'], {
      model: { type: 'string', description: 'A network of train.models.' },
      forms: { type: 'array', items: { enum: [...POST_TRAINING_FORMS] }, minItems: 1, uniqueItems: true, description: 'int8: 8 bits throughout, calibrated; dynamic: weights of 8 bits, activations in float32 or as the runtime pleases; float16: constants in half precision.' },
    }),
  ] },
};

/** One variant of a network. */
export const VARIANT_SCHEMA: JsonObject = object('A network compressed by training. `null` in a file takes a variant out of the preset.', ['of', 'epochs'], {
  of: { type: 'string', description: 'A network of train.models.' },
  channels: object('Whole channels go.', ['keep'], {
    keep: { ...part(), description: 'Part of each layer\'s channels that is left.' },
    layers: byLayer(part(), 'Instead, for these layers only.'),
    score: { enum: ['filter', 'gamma'], description: 'What says which: the length of a filter, or the scale that normalisation gives it.' },
    epochs: epochs(),
  }),
  prune: object('Small numbers become 0 and stay so.', ['sparsity'], {
    sparsity: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'Part of the kernels\' numbers that are 0 in the end.' },
    scope: { enum: ['layer', 'global', 'lamp'], description: 'What is compared with what.' },
    until: { ...part(), description: 'Part of the steps after which the sparsity is reached.' },
    keep: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Layers that are left whole.' },
    epochs: epochs(),
  }),
  cluster: object('Each kernel\'s numbers become few different ones.', ['clusters'], {
    clusters: { ...whole(2, 'Different numbers in a kernel, beside the 0 of what is pruned.'), maximum: 256 }, epochs: epochs(),
  }),
  quantize: object('Weights and activations on grids.', ['weights'], {
    weights: { ...WIDTHS, description: 'Bits of every kernel\'s numbers.' },
    layers: byLayer(WIDTHS, 'Bits of some layers\' kernels.'),
    activations: { enum: [8], description: 'Bits of the layers\' outputs; float32 where it is left out.' },
    epochs: epochs(),
  }),
  settle: object('After quantize, without cluster: codes stay, scales and biases are trained on.', [], {
    learningRate: above(0, 'Peak of the schedule; that of the recipe where it is left out.'), epochs: epochs(),
  }),
  distil: DISTIL,
  dropout: fraction('Rate of the network\'s dropout layers from now on: one with fewer numbers needs less.'),
  epochs: whole(1, 'Of each stage that does not say otherwise.'),
  recipe: RECIPE_OF_PLAN,
});

/** Classical models made smaller. */
export const CLASSICAL_COMPRESSION_SCHEMA: JsonObject = object('Classical models made smaller; each is reported as <model>-small.', [], {
  models: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: `Names of models of kind ${SHRINKABLE_KINDS.join(', ')}.` },
  mostLost: { type: 'number', minimum: 0, maximum: 1, description: 'Part of the judging validation rows by which a smaller form may be less accurate.' },
});

/** What variants must fulfil. */
export const COMPRESSION_GATE_SCHEMA: JsonObject = object('What a variant must fulfil beside its model on the validation rows, to be chosen.', ['alpha'], {
  alpha: { type: 'number', minimum: 0, maximum: 1, description: 'A variant that is less accurate fails where the exact McNemar test gives a smaller p; 0 leaves the test out.' },
  mostLost: { type: 'number', minimum: 0, maximum: 1, description: 'Accuracy that it may lose, whatever the test says.' },
  maxBytes: whole(1, 'Size of what is shipped (.tflite; of classical models the model).'),
  maxMilliseconds: above(0, 'Median of single images.'),
});

/** A search for variants. */
export const COMPRESSION_SEARCH_SCHEMA: JsonObject = object('A grid of plans for one network: all of it in a cheap first pass, the Pareto front of sizes, multiply-adds and validation accuracy in full.', ['of', 'grid', 'budget', 'epochs'], {
  of: { type: 'string', description: 'A network of train.models.' },
  grid: object('What is varied; what is left out is not done.', [], {
    keep: axis(part(), 'Parts of the channels that are left; 1 keeps all.'),
    sparsity: axis({ type: 'number', minimum: 0, exclusiveMaximum: 1 }, 'Parts of the kernels\' numbers that are 0 in the end; 0 prunes nothing.'),
    clusters: axis({ type: 'integer', minimum: 0, maximum: 256, not: { const: 1 } }, 'Different numbers in a kernel; 0 shares nothing.'),
    weights: axis({ enum: [32, 8, 4, 3, 2, 1] }, 'Bits of weights, with activations of 8; 32 leaves both in float.'),
  }),
  budget: { ...whole(1, 'Plans at most: of a larger grid so many, evenly spread.'), maximum: 60 },
  epochs: object('Of each stage.', ['first', 'full'], { first: whole(1, 'In the first pass.'), full: whole(1, 'For the front.') }),
  distil: DISTIL,
  recipe: RECIPE_OF_PLAN,
});

function axis(items: JsonObject, description: string): JsonObject {
  return { type: 'array', items, minItems: 1, uniqueItems: true, description };
}

function object(description: string, required: readonly string[], properties: Readonly<Record<string, Json>>): JsonObject {
  return { type: 'object', description, properties, required, additionalProperties: false };
}

function part(): JsonObject {
  return { type: 'number', exclusiveMinimum: 0, maximum: 1 };
}

function epochs(): JsonObject {
  return whole(1, 'Of this stage.');
}

function byLayer(value: JsonObject, description: string): JsonObject {
  return { type: 'object', description: `${description} By the layers' names.`, additionalProperties: value };
}
