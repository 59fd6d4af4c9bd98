import { InvalidDataError } from '../../shared/errors.js';
import { deskewed } from '../image/deskewed.js';
import type { Matrix } from '../matrix.js';
import { joinColumns } from './join-columns.js';
import { decodeNpy } from './npy.js';

/** What a model reads: pixels, pixels made upright, or feature families joined side by side. */
export type ModelInput = 'pixels' | 'deskewed' | readonly string[];

/**
 * The matrix that a model reads, from the shards a step was given. Pixels (role `images`, uint8, [rows, height, width]) stay
 * uint8, and so do upright ones; families (role `x:<family>`, float32, [rows, columns]) are joined side by side, in the order of `input`.
 * A single shard of pixels or of one family is not copied.
 * @throws InvalidDataError when a role is absent, a type is wrong, or families have different numbers of rows.
 */
export function assembleInput(input: ModelInput, inputs: Readonly<Record<string, readonly Uint8Array[]>>): Matrix {
  if (input === 'pixels') return assemblePixels(inputs['images']);
  if (input === 'deskewed') return upright(inputs['images']);
  if (input.length === 0) throw new InvalidDataError('A model needs an input: got an empty list of feature families.');
  const parts = input.map((family) => joinRows<Float32Array>(`x:${family}`, inputs[`x:${family}`], Float32Array));
  return joinColumns(input, parts);
}

/** Pixels alone, as `assembleInput` gives them. */
export function assemblePixels(shards: readonly Uint8Array[] | undefined): Matrix<Uint8Array> {
  return joinRows<Uint8Array>('images', shards, Uint8Array);
}

function upright(shards: readonly Uint8Array[] | undefined): Matrix<Uint8Array> {
  const images = assemblePixels(shards);
  const [, height = 0, width = 0] = decodeNpy(shards?.[0] ?? new Uint8Array(0), 'images').shape;
  return { ...images, data: deskewed(images, { width, height }) };
}

function joinRows<T extends Float32Array | Uint8Array>(
  role: string,
  shards: readonly Uint8Array[] | undefined,
  type: new (length: number) => T,
): Matrix<T> {
  if (!shards || shards.length === 0) throw new InvalidDataError(`No shard of ${role} was given.`);
  const parts = shards.map((bytes, index) => {
    const { data, shape } = decodeNpy(bytes);
    if (!(data instanceof type)) {
      throw new InvalidDataError(`${role}, shard ${index}: expected ${type.name} data, got ${data.constructor.name}.`);
    }
    const rows = shape[0] ?? 0;
    return { rows, columns: shape.slice(1).reduce((product, size) => product * size, 1), data };
  });
  const { columns } = parts[0];
  if (parts.length === 1) return parts[0];

  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const joined = new type(rows * columns);
  let offset = 0;
  for (const [index, part] of parts.entries()) {
    if (part.columns !== columns) {
      throw new InvalidDataError(`${role}, shard ${index}: ${part.columns} columns, but ${columns} in shard 0.`);
    }
    joined.set(part.data, offset);
    offset += part.data.length;
  }
  return { rows, columns, data: joined };
}
