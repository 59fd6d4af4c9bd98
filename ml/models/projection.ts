import { InvalidConfigError, InvalidModelError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { NpzEntry } from '../data/npz.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { algebraFor } from '../reductions/algebra-for.js';
import type { DenseAlgebra } from '../reductions/algebra.js';
import { fitLda } from '../reductions/lda.js';
import { fitPca } from '../reductions/pca.js';
import { unitOf } from '../unit-of.js';
import { affineMap } from './affine-map.js';
import { affineSums } from './affine-sums.js';
import { asFloats } from './as-floats.js';
import { checkWidth } from './check-width.js';
import type { FitContext } from './model.js';
import { CLASSES } from './model.js';
import { columnScales } from './standardise.js';

/** The preprocessing that a kind of model may own; it is fitted on the rows that the model is fitted on, and saved with it. */
export interface ProjectionOptions {
  /** Columns are brought to mean 0 and deviation 1 first; constant ones to 0. LDA does as much by itself. */
  readonly standardise: boolean;
  /** Principal components, linear discriminants, or the columns themselves. */
  readonly projection: 'none' | 'pca' | 'lda';
  /** How many; 0 stands for as many discriminants as there are. */
  readonly components: number;
}

/** The columns as they come. */
export const NO_PROJECTION: ProjectionOptions = { standardise: false, projection: 'none', components: 0 };

/** A fitted projection: an affine map of rows. */
export interface Projection {
  /** Of the rows that it takes. */
  readonly columns: number;
  /** Of the rows that it gives. */
  readonly width: number;
  /** Learnt numbers. */
  readonly parameters: number;
  /** Projected rows, float32 [rows, width]; each row by itself. @throws InvalidModelError for another width than `columns`. */
  apply(x: Matrix): Matrix<Float32Array>;
  /** What to save, for `loadProjection`: names begin with `projection.`. */
  arrays(): Readonly<Record<string, NpzEntry>>;
}

/**
 * Fits what the options ask for on the training rows.
 * @throws InvalidConfigError for a number of components that the rows cannot give; InvalidDataError for rows without spread (PCA), of one class or
 *   without spread within classes (LDA).
 */
export async function fitProjection(train: LabelledMatrix, options: ProjectionOptions, context: FitContext): Promise<Projection> {
  const { x } = train;
  if (options.projection === 'none') return options.standardise ? standardising(x) : identity(x.columns);
  if (!['pca', 'lda'].includes(options.projection)) {
    throw new InvalidConfigError(`projection: got ${JSON.stringify(options.projection)}, expected "none", "pca" or "lda".`);
  }
  const working = (): void => {
    context.signal.throwIfAborted();
    context.progress({ fraction: 0, note: options.projection === 'pca' ? 'principal components' : 'discriminants' });
  };
  working();
  const algebra = await algebraFor(x);
  return options.projection === 'pca' ? principal(x, options, algebra, working) : discriminant(train, options, algebra, working);
}

/** @throws InvalidModelError when the arrays are no projection's. */
export function loadProjection(arrays: Readonly<Record<string, NpyArray>>): Projection {
  const [columns, offset, weights, scale] = ['columns', 'offset', 'weights', 'scale'].map((name) => arrays[`projection.${name}`]);
  if (columns?.data instanceof Int32Array && columns.data.length === 1) {
    if (!offset) return identity(columns.data[0]);
    if (offset.data instanceof Float32Array && offset.data.length === columns.data[0]) {
      if (weights?.data instanceof Float32Array && weights.shape.length === 2 && weights.shape[0] === offset.data.length) return affine(offset.data, weights.data);
      if (scale?.data instanceof Float32Array && scale.data.length === offset.data.length) return scaled(offset.data, scale.data);
    }
  }
  throw new InvalidModelError('Not a projection: expected projection.columns, and an offset with weights or a scale of as many rows.');
}

function principal(x: Matrix, { standardise, components }: ProjectionOptions, algebra: DenseAlgebra, working: () => void): Projection {
  const scaling = standardise ? standardising(x) : undefined;
  const { mean, components: rows, count } = fitPca(scaling?.apply(x) ?? x, { components }, algebra, working);
  const weights = new Float32Array(x.columns * count);
  const [shift, scale] = scaling ? [scaling.offset, scaling.scale] : [Float32Array.from(mean), undefined];
  for (let r = 0; r < count; r++) for (let j = 0; j < x.columns; j++) weights[j * count + r] = rows[r * x.columns + j] * (scale ? scale[j] : 1);
  return affine(shift, weights);
}

function discriminant({ x, labels }: LabelledMatrix, { components }: ProjectionOptions, algebra: DenseAlgebra, working: () => void): Projection {
  const most = Math.min(new Set(labels).size - 1, CLASSES - 1, x.columns);
  const { xbar, scalings } = fitLda(x, labels, components === 0 ? Math.max(1, most) : components, algebra, working);
  return affine(Float32Array.from(xbar), Float32Array.from(scalings));
}

function standardising(x: Matrix): Projection & { readonly offset: Float32Array; readonly scale: Float32Array } {
  const { mean, inverseDeviation } = columnScales(x);
  return scaled(Float32Array.from(mean), Float32Array.from(inverseDeviation));
}

function identity(columns: number): Projection {
  return {
    columns, width: columns, parameters: 0,
    apply(x) {
      checkWidth('model', x, columns);
      return asFloats(x);
    },
    arrays: () => ({ 'projection.columns': { data: Int32Array.of(columns), shape: [1] } }),
  };
}

function scaled(offset: Float32Array, scale: Float32Array): Projection & { readonly offset: Float32Array; readonly scale: Float32Array } {
  const columns = offset.length;
  return {
    columns, width: columns, parameters: 2 * columns, offset, scale,
    apply(x) {
      checkWidth('model', x, columns);
      const unit = unitOf(x);
      const out = new Float32Array(x.rows * columns);
      for (let row = 0, i = 0; row < x.rows; row++) for (let j = 0; j < columns; j++, i++) out[i] = (x.data[i] * unit - offset[j]) * scale[j];
      return { rows: x.rows, columns, data: out };
    },
    arrays: () => ({ ...named(offset), 'projection.scale': { data: scale, shape: [columns] } }),
  };
}

function affine(offset: Float32Array, weights: Float32Array): Projection {
  const columns = offset.length;
  const width = weights.length / columns;
  const map = width < CLASSES ? summedMap(offset, weights) : affineMap(offset, weights); // as few as discriminants
  return {
    columns, width, parameters: offset.length + weights.length,
    apply(x) {
      checkWidth('model', x, columns);
      return map(x);
    },
    arrays: () => ({ ...named(offset), 'projection.weights': { data: weights, shape: [columns, width] } }),
  };
}

function summedMap(offset: Float32Array, weights: Float32Array): (x: Matrix) => Matrix<Float32Array> {
  const sums = affineSums(offset, weights);
  return (x) => ({ rows: x.rows, columns: weights.length / offset.length, data: Float32Array.from(sums(x)) });
}

function named(offset: Float32Array): Record<string, NpzEntry> {
  return { 'projection.columns': { data: Int32Array.of(offset.length), shape: [1] }, 'projection.offset': { data: offset, shape: [offset.length] } };
}
