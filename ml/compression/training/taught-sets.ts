import { InvalidDataError } from '../../../shared/errors.js';
import type { Teacher } from '../../graph/distillation-loss.js';
import { readTopology } from '../../graph/topology.js';
import type { Matrix } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';
import { readLayersModel } from '../../models/read-layers-model.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import type { NetworkSets } from '../../models/train-engine.js';
import { shapeSize } from '../../shape-size.js';
import type { DistilPlan } from './compression-plan.js';

// A tiny network lost a point at temperature 4 and nothing at 1 (docs/experiments-compression.md).
const [SHARE, TEMPERATURE] = [0.5, 1];

/** The rows to train on with a teacher's word, or the teacher that answers in the graph. */
export interface TaughtSets {
  readonly sets: NetworkSets;
  readonly teacher?: Teacher;
}

/** @throws InvalidModelError when the teacher is no network; InvalidDataError when it takes other images, or its probabilities are not of these rows. */
export function taughtSets(data: NetworkSets, distil: DistilPlan | undefined): TaughtSets {
  if (!distil) return { sets: data };
  const { teacher, share = SHARE, temperature = TEMPERATURE } = distil;
  if (!(teacher instanceof Uint8Array)) return { sets: { ...data, train: { ...data.train, soft: { probabilities: softened(teacher, data, temperature), share } } } };
  const saved = readLayersModel(teacher);
  checkImages(saved, data);
  return { sets: data, teacher: { topology: readTopology(saved.topology), weights: saved.weights, temperature, share } };
}

/** @throws InvalidDataError when a network takes images of another size. */
export function checkImages({ topology }: SavedNetwork, { train: { x } }: NetworkSets): void {
  const { inputShape } = readTopology(topology);
  const expected = shapeSize(inputShape);
  if (x.columns !== expected) throw new InvalidDataError(`compression: the network takes images [${inputShape.join(', ')}], got rows of ${x.columns} columns: expected ${expected}.`);
}

/** Each row's probabilities to the power of 1 / temperature, as parts of their sum. */
function softened({ rows, columns, data }: Matrix<Float32Array>, { train: { x } }: NetworkSets, temperature: number): Matrix<Float32Array> {
  if (rows !== x.rows || columns !== CLASSES) throw new InvalidDataError(`compression: the teacher's probabilities are [${rows}, ${columns}]: expected [${x.rows}, ${CLASSES}], a row for each training row.`);
  const soft = data.map((value) => value ** (1 / temperature));
  for (let row = 0; row < rows; row++) {
    const own = soft.subarray(row * columns, (row + 1) * columns);
    const sum = own.reduce((total, value) => total + value, 0);
    if (!(sum > 0)) throw new InvalidDataError(`compression: the teacher's probabilities of row ${row} sum to ${sum}: expected 1.`);
    own.forEach((value, i) => (own[i] = value / sum));
  }
  return { rows, columns, data: soft };
}
