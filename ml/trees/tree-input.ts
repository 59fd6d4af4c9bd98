import type { NpyArray } from '../data/npy.js';
import type { NpzEntry } from '../data/npz.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import type { FitContext } from '../models/model.js';
import { fitProjection, loadProjection } from '../models/projection.js';
import type { Projection, ProjectionOptions } from '../models/projection.js';

/** What trees split: the columns that come in, their projection, or both. */
export interface TreeInputOptions extends ProjectionOptions {
  /** Projected columns stand after the ones that come in, instead of in their place. */
  readonly keepColumns: boolean;
}

/** The input of trees, ready for rows. */
export interface TreeInput {
  readonly columns: number;
  readonly width: number;
  readonly parameters: number;
  /** How many of the trees' first columns are the ones that come in. */
  readonly kept: number;
  /** Matrices that beside each other are the trees' columns. */
  parts(x: Matrix): readonly Matrix[];
  /** The trees' columns as one matrix. */
  apply(x: Matrix): Matrix;
  arrays(): Readonly<Record<string, NpzEntry>>;
}

/** The columns as they come. */
export function plainInput(columns: number): TreeInput {
  return { columns, width: columns, parameters: 0, kept: columns, parts: (x) => [x], apply: (x) => x, arrays: () => ({}) };
}

/** Fits the projection that the options ask for. @throws what `fitProjection` throws. */
export async function fitTreeInput(train: LabelledMatrix, options: TreeInputOptions, context: FitContext): Promise<TreeInput> {
  if (options.projection === 'none') return plainInput(train.x.columns); // trees do not care for scales
  return projected(await fitProjection(train, options, context), options.keepColumns);
}

/** @throws InvalidModelError when the arrays are no projection's. */
export function loadTreeInput(arrays: Readonly<Record<string, NpyArray>>, width: number): TreeInput {
  if (!arrays['projection.columns']) return plainInput(width);
  const projection = loadProjection(arrays);
  return projected(projection, width > projection.width);
}

function projected(projection: Projection, keepColumns: boolean): TreeInput {
  const { columns, parameters } = projection;
  const kept = keepColumns ? columns : 0;
  const parts = (x: Matrix): Matrix[] => (keepColumns ? [x, projection.apply(x)] : [projection.apply(x)]);
  return {
    columns, width: kept + projection.width, parameters, kept, parts,
    apply: (x) => beside(parts(x)),
    arrays: () => projection.arrays(),
  };
}

function beside(parts: readonly Matrix[]): Matrix {
  if (parts.length === 1) return parts[0];
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const { rows } = parts[0];
  const data = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts.map(asFloats)) {
    for (let row = 0; row < rows; row++) data.set(part.data.subarray(row * part.columns, (row + 1) * part.columns), row * columns + at);
    at += part.columns;
  }
  return { rows, columns, data };
}
