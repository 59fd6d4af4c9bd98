import { softmaxRow } from '../ensembles/softmax-row.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { NpyArray } from '../data/npy.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { NpzEntry } from '../data/npz.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { checkTrainingData } from './check-training-data.js';
import { fitTemperature } from './fit-temperature.js';
import { CLASSES } from './model.js';
import type { Classifier, FitContext, ModelKind } from './model.js';
import { fitProjection, loadProjection } from './projection.js';
import type { Projection, ProjectionOptions } from './projection.js';

/** The options that all kinds of `scoreKind` have. */
export interface ScoreOptions extends ProjectionOptions {
  /** What scores are divided by before the softmax; 0 takes what fits the validation rows best (1 where there are none). @default 0 */
  readonly temperature: number;
}

/** How rows are scored once they are projected. */
export interface ScoreModel {
  /** Of the rows that it scores. */
  readonly width: number;
  /** Learnt numbers. */
  readonly parameters: number;
  /** A score for each class, float64 [rows, 10], such as the log of the joint density; -Infinity for a class without training rows. */
  scores(z: Matrix<Float32Array>): Float64Array;
  /** What to save, for `read`. */
  arrays(): Readonly<Record<string, NpzEntry>>;
}

/** What a kind of `scoreKind` brings. */
export interface ScoreRules<O extends ScoreOptions> {
  readonly name: string;
  /** As it is called in messages. */
  readonly title: string;
  readonly defaults: O;
  /** Learns to score projected rows. @throws InvalidConfigError for options, and InvalidDataError for rows, that do not do. */
  learn(z: LabelledMatrix, options: O, context: FitContext): Promise<ScoreModel>;
  /** What `arrays` gave, as it was read; undefined when it is something else. */
  read(arrays: Readonly<Record<string, NpyArray>>): ScoreModel | undefined;
}

/**
 * A kind of model that projects rows, gives each class a score, and turns the scores into probabilities by a softmax. Scores of naive
 * densities are far too sure; one temperature, fitted on the validation rows, makes them honest and leaves their order.
 */
export function scoreKind<O extends ScoreOptions>({ name, title, defaults, learn, read }: ScoreRules<O>): ModelKind<O> {
  return {
    name,
    defaults,

    async fit(train, validation, options, context) {
      checkTrainingData(train, validation);
      if (!(options.temperature >= 0)) throw new InvalidConfigError(`${title}: temperature is ${options.temperature}, expected 0 or more.`);
      context.signal.throwIfAborted();
      const projection = await fitProjection(train, options, context);
      context.progress({ fraction: 0.3, note: `${projection.width} columns` });
      context.signal.throwIfAborted();
      const model = await learn({ x: projection.apply(train.x), labels: train.labels }, options, context);
      context.progress({ fraction: 0.9, note: 'temperature' });
      context.signal.throwIfAborted();
      const temperature = options.temperature > 0 ? options.temperature : fitTemperature(model.scores(projection.apply(validation.x)), validation.labels);
      context.progress({ fraction: 1 });
      return classifier(projection, model, temperature, { temperature: Number(temperature.toPrecision(4)) });
    },

    async load(bytes) {
      const arrays = arraysOf(bytes, title);
      const projection = loadProjection(arrays);
      const model = read(arrays);
      const temperature = arrays['temperature']?.data;
      if (!model || model.width !== projection.width || !(temperature instanceof Float64Array) || !(temperature[0] > 0)) {
        throw new InvalidModelError(`Not a ${title}: its arrays do not fit together, or some are missing; it has ${Object.keys(arrays).join(', ')}.`);
      }
      return classifier(projection, model, temperature[0], {});
    },
  };
}

function arraysOf(bytes: Uint8Array, title: string): Readonly<Record<string, NpyArray>> {
  try {
    return decodeNpz(bytes, title).arrays;
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a ${title}: ${error.message}`, { cause: error });
    throw error;
  }
}

function classifier(projection: Projection, model: ScoreModel, temperature: number, details: JsonObject): Classifier {
  return {
    columns: projection.columns,
    parameters: projection.parameters + model.parameters + 1,
    runtime: 'typescript',
    details,

    async predictProba(x) {
      const scores = model.scores(projection.apply(x)); // which checks the width
      const data = new Float32Array(x.rows * CLASSES);
      const row = new Float64Array(CLASSES);
      for (let from = 0; from < data.length; from += CLASSES) {
        for (let k = 0; k < CLASSES; k++) row[k] = scores[from + k] / temperature;
        softmaxRow(row);
        data.set(row, from);
      }
      return { rows: x.rows, columns: CLASSES, data };
    },

    async save() {
      return encodeNpz({ ...projection.arrays(), ...model.arrays(), temperature: { data: Float64Array.of(temperature), shape: [1] } });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}
