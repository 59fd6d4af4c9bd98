import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { checkWidth } from '../models/check-width.js';
import type { DefinedLayer } from '../networks/layers/layer-class.js';
import { attentionRollout } from './attention-rollout.js';
import { mapOfTokens } from './layer-path.js';
import { mapGeometry } from './map-geometry.js';
import { placeMaps } from './place-map.js';
import type { ScoredNetwork } from './scored-network.js';

type Layer = tfTypes.layers.Layer;

/** Where a network attends more than to half of the places, [images, pixels]: by how much, 0 elsewhere. */
export interface AttentionMaps {
  /** `tokens`: parts that places have in the answer, rolled out over self-attention; `places`: weights of places (CBAM). */
  readonly of: 'tokens' | 'places';
  /** Layers that it is made of. */
  readonly layers: number;
  readonly maps: Matrix<Float32Array>;
}

/**
 * What the attention layers of a network tell of places: of self-attention its rollout, with the shares of a last pooling of tokens where there is
 * one; else the mean of the weights that convolutional block attention gives to places. Undefined for a network that has neither.
 * @throws InvalidModelError when the images are not of the network's size.
 */
export function attentionMaps(tf: TensorFlow, network: ScoredNetwork, images: Matrix): AttentionMaps | undefined {
  checkWidth('network', images, network.side ** 2);
  const named = (className: string): DefinedLayer[] => network.model.layers.filter((layer): layer is DefinedLayer => layer.getClassName() === className);
  const asking = named('MultiHeadSelfAttention').filter((layer) => mapOfTokens(layer) !== undefined);
  const weighing = named('ConvBlockAttention');
  const [first] = asking;
  if (first) return { of: 'tokens', layers: asking.length, maps: placed(rolledOut(tf, network, images, asking, named('SequencePooling')[0]), first, network.side) };
  if (weighing.length === 0) return undefined;
  const each = weighing.map((layer) => placed(attention(tf, network, images, layer, 'places'), layer, network.side));
  const { rows, columns } = each[0];
  const data = Float32Array.from({ length: rows * columns }, (_, i) => each.reduce((sum, maps) => sum + maps.data[i], 0) / each.length);
  return { of: 'places', layers: weighing.length, maps: { rows, columns, data } };
}

function rolledOut(tf: TensorFlow, network: ScoredNetwork, images: Matrix, asking: readonly DefinedLayer[], pooling: DefinedLayer | undefined): Matrix<Float32Array> {
  const layers = asking.map((layer) => attention(tf, network, images, layer, 'tokens'));
  const tokens = Math.sqrt(layers[0].columns);
  const pooled = pooling && attention(tf, network, images, pooling, 'tokens');
  const data = new Float32Array(images.rows * tokens);
  for (let row = 0; row < images.rows; row++) {
    const asked = pooled ? rowsBetween(pooled, row, row + 1).data : new Float32Array(tokens).fill(1 / tokens);
    data.set(attentionRollout(layers.map((shares) => rowsBetween(shares, row, row + 1).data), asked), row * tokens);
  }
  return { rows: images.rows, columns: tokens, data };
}

/** A layer's attention, [images, numbers]; of several heads their mean. */
function attention(tf: TensorFlow, { model, side }: ScoredNetwork, images: Matrix, layer: DefinedLayer, name: 'tokens' | 'places'): Matrix<Float32Array> {
  let data = new Float32Array(0);
  tf.tidy(() => {
    const before = tf.model({ inputs: model.inputs, outputs: layer.input as tfTypes.SymbolicTensor });
    const input = before.apply(tf.tensor4d(asFloats(images).data, [images.rows, side, side, 1])) as tfTypes.Tensor;
    const shares = layer.attentionMaps(input)[name];
    data = (shares.rank === 4 ? tf.mean(shares, 1) : shares).dataSync() as Float32Array<ArrayBuffer>;
  });
  return { rows: images.rows, columns: data.length / images.rows, data };
}

/** Maps laid over the image, each above its median: what every place has would lie over the image as an even veil. */
function placed({ rows, columns, data }: Matrix<Float32Array>, layer: Layer, side: number): Matrix<Float32Array> {
  const above = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    const map = data.subarray(row * columns, (row + 1) * columns);
    const median = map.toSorted()[Math.floor(columns / 2)];
    above.set(map.map((value) => Math.max(0, value - median)), row * columns);
  }
  return placeMaps({ rows, columns, data: above }, mapGeometry(layer), side);
}
