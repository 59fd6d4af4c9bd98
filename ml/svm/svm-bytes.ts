import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Npz, NpzEntry } from '../data/npz.js';
import { asFloats } from '../models/as-floats.js';
import { fromByteRows } from '../models/byte-rows.js';
import type { ByteRows } from '../models/byte-rows.js';
import { CLASSES } from '../models/model.js';
import { loadProjection } from '../models/projection.js';
import type { Projection } from '../models/projection.js';
import { OTHERS, PAIRS } from './class-pairs.js';
import type { KernelFunction } from './kernel-function.js';
import type { SupportVectors } from './support-vectors.js';

/** A whole model: what is done to rows, the machine on projected rows, and the slope that makes probabilities of decisions. */
export interface SvmModel {
  /** The square roots of rows are taken before the projection. */
  readonly roots: boolean;
  readonly projection: Projection;
  readonly machine: SupportVectors;
  readonly slope: number;
  /** The vectors are pixels / 255 and are kept as bytes. */
  readonly pixels: boolean;
  /** Others that are kept as bytes, which the machine's are made of. */
  readonly byteVectors?: ByteRows | undefined;
}

/**
 * An `.npz`: `vectors` [n, width] (float32 projected rows, or uint8 pixels; uint8 with `offset` and `scale`, float32 [width],
 * for offset + scale x byte), sorted by class, `starts` int32 [11] where each class begins, `weights`
 * float32 [n, 9] (in the pairs with the other classes), `biases` float32 [45], `centre` float32 [width], `present` uint8 [10], the
 * projection's arrays, and `svm.json` with the kernel, the slope and whether roots are taken.
 */
export function encodeSvm({ roots, projection, machine, slope, pixels, byteVectors }: SvmModel): Uint8Array {
  const { kernel, centre, vectors, starts, weights, biases, present } = machine;
  const stored = byteVectors?.bytes ?? (pixels ? Uint8Array.from(vectors.data, (value) => Math.round(value * 255)) : vectors.data);
  return encodeNpz({
    vectors: { data: stored, shape: [vectors.rows, vectors.columns] },
    weights: { data: weights, shape: [vectors.rows, OTHERS] },
    starts: { data: starts, shape: [CLASSES + 1] },
    biases: { data: biases, shape: [PAIRS.length] },
    centre: { data: centre, shape: [centre.length] },
    present: { data: present, shape: [CLASSES] },
    ...(byteVectors && { offset: { data: byteVectors.offset, shape: [vectors.columns] }, scale: { data: byteVectors.scale, shape: [vectors.columns] } }),
    ...projection.arrays(),
    'svm.json': new TextEncoder().encode(JSON.stringify({ kernel, slope, roots })),
  } satisfies Record<string, NpzEntry | Uint8Array>);
}

/** @throws InvalidModelError when the bytes are no such model. */
export function decodeSvm(bytes: Uint8Array): SvmModel {
  const { arrays, files } = unpacked(bytes);
  const { vectors, weights, starts, biases, centre, present } = arrays;
  const settings = files['svm.json'];
  if (!settings || !vectors || !weights || !starts || !biases || !centre || !present) {
    throw new InvalidModelError('Not an SVM: expected an .npz with vectors, weights, starts, biases, centre, present and svm.json.');
  }
  const [rows, columns] = vectors.shape;
  const fits = (vectors.data instanceof Float32Array || vectors.data instanceof Uint8Array) && vectors.shape.length === 2 &&
    weights.data instanceof Float32Array && weights.data.length === rows * OTHERS && biases.data instanceof Float32Array && biases.data.length === PAIRS.length &&
    starts.data instanceof Int32Array && starts.data.length === CLASSES + 1 && starts.data[CLASSES] === rows &&
    centre.data instanceof Float32Array && centre.data.length === columns && present.data instanceof Uint8Array && present.data.length === CLASSES;
  const projection = loadProjection(arrays);
  if (!fits || projection.width !== columns) throw new InvalidModelError(`Not an SVM: its arrays do not fit together (vectors are (${vectors.shape.join(', ')}) ${vectors.dtype}).`);
  const { kernel, slope, roots } = JSON.parse(new TextDecoder().decode(settings)) as Pick<SvmModel, 'slope' | 'roots'> & { readonly kernel: KernelFunction };
  const byteVectors = vectors.data instanceof Uint8Array ? byteRowsOf(arrays, { rows, columns, bytes: vectors.data }) : undefined;
  const machine = {
    kernel, starts: starts.data, weights: weights.data, biases: biases.data, centre: centre.data, present: present.data,
    vectors: byteVectors ? fromByteRows(byteVectors) : asFloats({ rows, columns, data: vectors.data }),
  } as SupportVectors;
  return { roots, projection, machine, slope, pixels: vectors.data instanceof Uint8Array && !byteVectors, byteVectors };
}

/** Undefined where the bytes are pixels. */
function byteRowsOf({ offset, scale }: Npz['arrays'], rows: Pick<ByteRows, 'rows' | 'columns' | 'bytes'>): ByteRows | undefined {
  if (!offset && !scale) return undefined;
  if (offset?.data instanceof Float32Array && scale?.data instanceof Float32Array && offset.data.length === rows.columns && scale.data.length === rows.columns) {
    return { ...rows, offset: offset.data, scale: scale.data };
  }
  throw new InvalidModelError(`Not an SVM: offset and scale of its byte vectors do not fit ${rows.columns} columns.`);
}

function unpacked(bytes: Uint8Array): Npz {
  try {
    return decodeNpz(bytes, 'SVM');
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not an SVM: ${error.message}`, { cause: error });
    throw error;
  }
}
