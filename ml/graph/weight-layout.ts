import type * as tfTypes from '@tensorflow/tfjs-node';
import { shapeSize } from '../shape-size.js';
import type { NamedWeight } from './inference-graph.js';

/** Where one weight lies in one of two flat arrays. */
export interface WeightPlace {
  /** `<layer>/<weight>`, as in a model.json. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** All weights of a network as two flat arrays: what is trained, and what only moves along (moving averages). */
export interface WeightLayout {
  readonly trained: readonly WeightPlace[];
  readonly moving: readonly WeightPlace[];
  /** Length of the trained array. */
  readonly parameters: number;
  /** Length of the moving array. */
  readonly statistics: number;
}

/** A network's weights as flat arrays. */
export interface NetworkWeights {
  readonly weights: Float32Array;
  readonly moving: Float32Array;
}

/** Arrays of one's own. */
interface OwnWeights extends NetworkWeights {
  readonly weights: Float32Array<ArrayBuffer>;
  readonly moving: Float32Array<ArrayBuffer>;
}

/** Lays out a tf.layers model's weights, in the model's order. */
export function layOutWeights(model: tfTypes.LayersModel): WeightLayout {
  const [trained, moving]: [WeightPlace[], WeightPlace[]] = [[], []];
  const used = [0, 0];
  for (const weight of model.weights) {
    const which = weight.trainable ? 0 : 1;
    const shape = weight.shape.map(Number);
    const length = shapeSize(shape);
    (which === 0 ? trained : moving).push({ name: weight.originalName, shape, offset: used[which], length });
    used[which] += length;
  }
  return { trained, moving, parameters: used[0], statistics: used[1] };
}

/** A model's weights, as laid out. */
export function readWeights(model: tfTypes.LayersModel, layout: WeightLayout): OwnWeights {
  const weights = new Float32Array(layout.parameters);
  const moving = new Float32Array(layout.statistics);
  const views = viewsByName(layout, { weights, moving });
  for (const weight of model.weights) views.get(weight.originalName)?.set(weight.read().dataSync() as Float32Array);
  return { weights, moving };
}

/** Puts weights back into a model. */
export function assignWeights(tf: Pick<typeof tfTypes, 'tensor'>, model: tfTypes.LayersModel, layout: WeightLayout, weights: NetworkWeights): void {
  const views = viewsByName(layout, weights);
  const tensors = model.weights.map((weight) => tf.tensor(views.get(weight.originalName)?.slice() ?? [], weight.shape as number[]));
  model.setWeights(tensors);
  for (const tensor of tensors) tensor.dispose();
}

/** The weights one by one, sharing the memory of the flat arrays. */
export function namedWeights({ trained, moving: follows }: WeightLayout, { weights, moving }: OwnWeights): NamedWeight[] {
  const part = (flat: OwnWeights['weights']) => ({ name, shape, offset, length }: WeightPlace): NamedWeight => ({ name, shape, data: flat.subarray(offset, offset + length) });
  return [...trained.map(part(weights)), ...follows.map(part(moving))];
}

/** A model's weights one by one, copied: what is trained, then what moves along. */
export function weightsOfModel(model: tfTypes.LayersModel): NamedWeight[] {
  const layout = layOutWeights(model);
  return namedWeights(layout, readWeights(model, layout));
}

/** Each weight's part of the flat arrays, sharing their memory. */
function viewsByName({ trained, moving: follows }: WeightLayout, { weights, moving }: NetworkWeights): Map<string, Float32Array> {
  const viewsOf = (flat: Float32Array, places: readonly WeightPlace[]): [string, Float32Array][] => places.map(({ name, offset, length }) => [name, flat.subarray(offset, offset + length)]);
  return new Map([...viewsOf(weights, trained), ...viewsOf(moving, follows)]);
}
