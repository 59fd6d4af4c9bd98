import { InvalidModelError } from '../../shared/errors.js';
import type { CnnLayer, CnnNetwork } from '../models/cnn-layers.js';

const SUPPORTED = 'convolution (linear or relu), max-pool, flatten, dense (linear or relu), and a last dense layer with softmax';

/**
 * Checks that a network can be written as an int8 TFLite graph.
 * @throws InvalidModelError naming the layer that cannot.
 */
export function checkQuantizable({ layers }: CnnNetwork): void {
  layers.forEach((layer, index) => checkLayer(layer, index, index === layers.length - 1));
  const last = layers.at(-1);
  if (last?.type !== 'dense' || last.activation === 'relu') {
    throw new InvalidModelError(`The network ends with ${last ? describe(last) : 'nothing'}; expected a dense layer with softmax or logits.`);
  }
}

function checkLayer(layer: CnnLayer, index: number, isLast: boolean): void {
  const supported = { conv2d: ['linear', 'relu'], dense: ['linear', 'relu'], maxPool2d: [], flatten: [] } as const;
  if (!(layer.type in supported)) {
    throw new InvalidModelError(`Layer ${index} is a ${describe(layer)}, which has no int8 form here. Supported: ${SUPPORTED}.`);
  }
  if (!('activation' in layer)) return;
  const plain = layer.activation === 'linear' || layer.activation === 'relu';
  if (!plain && !(layer.activation === 'softmax' && layer.type === 'dense' && isLast)) {
    throw new InvalidModelError(`Layer ${index} is a ${describe(layer)}, which has no int8 form here. Supported: ${SUPPORTED}.`);
  }
  const finite = [layer.kernel, layer.bias].every((numbers) => numbers.every(Number.isFinite));
  if (!finite) throw new InvalidModelError(`Layer ${index} (${describe(layer)}) has weights that are not finite. Train it again.`);
}

function describe(layer: CnnLayer): string {
  return 'activation' in layer ? `'${layer.type}' layer with ${layer.activation}` : `'${layer.type}' layer`;
}
