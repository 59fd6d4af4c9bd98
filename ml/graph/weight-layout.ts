import type * as tfTypes from '@tensorflow/tfjs-node';

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

/** Lays out a tf.layers model's weights, in the model's order. */
export function layOutWeights(model: tfTypes.LayersModel): WeightLayout {
  const [trained, moving]: [WeightPlace[], WeightPlace[]] = [[], []];
  const used = [0, 0];
  for (const weight of model.weights) {
    const which = weight.trainable ? 0 : 1;
    const shape = weight.shape.map(Number);
    const length = shape.reduce((product, side) => product * side, 1);
    (which === 0 ? trained : moving).push({ name: weight.originalName, shape, offset: used[which], length });
    used[which] += length;
  }
  return { trained, moving, parameters: used[0], statistics: used[1] };
}

/** A model's weights, as laid out. */
export function readWeights(model: tfTypes.LayersModel, layout: WeightLayout): NetworkWeights {
  const weights = new Float32Array(layout.parameters);
  const moving = new Float32Array(layout.statistics);
  const places = new Map([...layout.trained.map((place) => [place.name, { place, into: weights }] as const), ...layout.moving.map((place) => [place.name, { place, into: moving }] as const)]);
  for (const weight of model.weights) {
    const found = places.get(weight.originalName);
    found?.into.set(weight.read().dataSync() as Float32Array, found.place.offset);
  }
  return { weights, moving };
}

/** Puts weights back into a model. */
export function assignWeights(tf: Pick<typeof tfTypes, 'tensor'>, model: tfTypes.LayersModel, layout: WeightLayout, { weights, moving }: NetworkWeights): void {
  const values = new Map([...layout.trained.map((place) => [place.name, { place, from: weights }] as const), ...layout.moving.map((place) => [place.name, { place, from: moving }] as const)]);
  const tensors = model.weights.map((weight) => {
    const found = values.get(weight.originalName);
    return tf.tensor(found ? found.from.slice(found.place.offset, found.place.offset + found.place.length) : [], weight.shape as number[]);
  });
  model.setWeights(tensors);
  for (const tensor of tensors) tensor.dispose();
}
