import { InvalidConfigError } from '../../../shared/errors.js';
import type { LabelledMatrix, Matrix } from '../../matrix.js';
import type { ByteRows } from '../../models/byte-rows.js';
import { CLASSES } from '../../models/model.js';
import { cholesky, solve } from '../../reductions/cholesky.js';
import { OTHERS, PAIRS, placeAmongOthers } from '../../svm/class-pairs.js';
import { fitSlope } from '../../svm/fit-slope.js';
import { kernelValue } from '../../svm/kernel-value.js';
import { pairDecisions } from '../../svm/pair-decisions.js';
import { signedRoots } from '../../svm/signed-roots.js';
import type { SupportVectors } from '../../svm/support-vectors.js';
import { decodeSvm, encodeSvm } from '../../svm/svm-bytes.js';

const RIDGE = 1e-6; // of the kernel's diagonal: kept vectors may be all but equal

/**
 * A support vector machine of fewer vectors (a reduced set: Burges 1996; Schölkopf et al. 1999): those with the largest weights stay, and in each pair take over what the
 * others gave, as near as the kernel's feature space allows: K(kept, kept) more = K(kept, dropped) weights. The biases then make up for the mean
 * change of the rows' decisions, and the slope of the sigmoids is fitted anew.
 * @param rows of training, for the biases; a few thousand do.
 * @param validation for the slope.
 * @param part of the vectors that stays.
 * @throws InvalidConfigError unless 0 < part <= 1; InvalidModelError when the bytes are no such model.
 */
export function fewerVectors(bytes: Uint8Array, rows: LabelledMatrix, validation: LabelledMatrix, part: number, working: () => void = () => undefined): Uint8Array {
  if (!(part > 0 && part <= 1)) throw new InvalidConfigError(`Fewer vectors: part is ${part}, expected a number above 0, at most 1.`);
  const svm = decodeSvm(bytes);
  const project = (x: Matrix): Matrix<Float32Array> => svm.projection.apply(svm.roots ? signedRoots(x) : x);
  const kept = heaviest(svm.machine, Math.ceil(part * svm.machine.vectors.rows));
  const weights = svm.machine.weights.slice();
  for (const pair of PAIRS) takeOver(svm.machine, pair, kept, weights, working);
  const smaller = withVectors(svm.machine, kept, weights);
  const trained = { ...smaller, biases: movedBiases(svm.machine, smaller, { x: project(rows.x), labels: rows.labels }) };
  const slope = fitSlope(pairDecisions(trained)(project(validation.x)), validation.labels, trained.present, working);
  return encodeSvm({ ...svm, machine: trained, slope, byteVectors: svm.byteVectors && keptBytes(svm.byteVectors, kept) });
}

/** By vector: 1 where it is among the `count` whose weights in all pairs sum to most. */
function heaviest({ vectors, weights }: SupportVectors, count: number): Uint8Array {
  const sums = Float64Array.from({ length: vectors.rows }, (_, v) => weights.subarray(v * OTHERS, (v + 1) * OTHERS).reduce((sum, weight) => sum + Math.abs(weight), 0));
  const order = [...sums.keys()].sort((a, b) => sums[b] - sums[a] || a - b);
  const kept = new Uint8Array(vectors.rows);
  for (const vector of order.slice(0, count)) kept[vector] = 1;
  return kept;
}

/** Changes the weights of the kept vectors of a pair's classes. */
function takeOver({ kernel, vectors, starts, weights: before }: SupportVectors, pair: readonly [number, number], kept: Uint8Array, weights: Float32Array, working: () => void): void {
  const placed = [pair, [pair[1], pair[0]] as const].flatMap(([own, other]) =>
    Array.from({ length: starts[own + 1] - starts[own] }, (_, i) => ({ vector: starts[own] + i, at: (starts[own] + i) * OTHERS + placeAmongOthers(own, other) })));
  const stay = placed.filter(({ vector }) => kept[vector] === 1);
  const gone = placed.filter(({ vector, at }) => kept[vector] === 0 && before[at] !== 0);
  if (stay.length === 0 || gone.length === 0) return;
  const value = kernelValue(kernel, vectors);
  const size = stay.length;
  const matrix = new Float64Array(size * size);
  const wanted = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (i % 32 === 0) working();
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = value(stay[i].vector, stay[j].vector);
    matrix[i * size + i] *= 1 + RIDGE;
    for (const { vector, at } of gone) wanted[i] += before[at] * value(stay[i].vector, vector);
  }
  const more = solve(cholesky(matrix, size, working), wanted);
  for (let i = 0; i < size; i++) weights[stay[i].at] += more[i];
}

function withVectors(machine: SupportVectors, kept: Uint8Array, weights: Float32Array): SupportVectors {
  const { vectors: { columns, data }, starts } = machine;
  const places = [...kept.keys()].filter((vector) => kept[vector] === 1);
  const left = { rows: places.length, columns, data: new Float32Array(places.length * columns) };
  const own = new Float32Array(places.length * OTHERS);
  places.forEach((vector, i) => {
    left.data.set(data.subarray(vector * columns, (vector + 1) * columns), i * columns);
    own.set(weights.subarray(vector * OTHERS, (vector + 1) * OTHERS), i * OTHERS);
  });
  return { ...machine, vectors: left, weights: own, starts: Int32Array.from({ length: CLASSES + 1 }, (_, c) => places.filter((vector) => vector < starts[c]).length) };
}

function keptBytes(rows: ByteRows, kept: Uint8Array): ByteRows {
  const bytes = [...kept.keys()].filter((vector) => kept[vector] === 1).map((vector) => rows.bytes.subarray(vector * rows.columns, (vector + 1) * rows.columns));
  return { ...rows, rows: bytes.length, bytes: Uint8Array.from(Buffer.concat(bytes)) };
}

/** Biases with which the rows of a pair's classes have the mean decision that they had before. */
function movedBiases(before: SupportVectors, after: SupportVectors, { x, labels }: LabelledMatrix & { readonly x: Matrix<Float32Array> }): Float32Array {
  const [old, now] = [pairDecisions(before)(x), pairDecisions(after)(x)];
  return before.biases.map((bias, pair) => {
    const own = [...labels.keys()].filter((row) => PAIRS[pair].includes(labels[row]));
    const change = own.reduce((sum, row) => sum + old[row * PAIRS.length + pair] - now[row * PAIRS.length + pair], 0);
    return own.length === 0 ? bias : bias + change / own.length;
  });
}
