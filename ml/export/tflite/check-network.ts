import { InvalidModelError } from '../../../shared/errors.js';
import { shapeSize } from '../../shape-size.js';
import type { NetworkGraph, NetworkOperator } from '../network/network-graph.js';

/** Every operation that has a form in TFLite. */
const KNOWN: Readonly<Record<NetworkOperator['type'], true>> = {
  conv2d: true, depthwiseConv2d: true, dense: true, maxPool2d: true, averagePool2d: true, reduce: true, add: true, multiply: true, maximum: true,
  minimum: true, activation: true, softmax: true, standardise: true, reshape: true, transpose: true, pad: true, concatenate: true, batchMatMul: true,
};

/**
 * Checks what types do not say of a network that is to become a `.tflite` file.
 * @param limit what constants must stay below; Infinity: any finite number
 * @throws InvalidModelError naming the layer or the constant.
 */
export function checkNetwork({ values, operators, output }: NetworkGraph, limit = Infinity): void {
  for (const { name, shape, data } of values) {
    if (!data) continue;
    if (data.length !== shapeSize(shape)) throw new InvalidModelError(`'${name}' holds ${data.length} numbers; expected [${shape.join(', ')}].`);
    const wrong = data.find((number) => !(Math.abs(number) < limit));
    if (wrong !== undefined) throw new InvalidModelError(`'${name}' holds ${wrong}; expected ${limit === Infinity ? 'finite numbers. Train the network again' : `numbers below ${limit}. Choose float32`}.`);
  }
  for (const operator of operators) {
    if (!(operator.type in KNOWN)) throw new InvalidModelError(`Layer '${operator.layer}' is a '${operator.type}', which has no form in TFLite. Known are ${Object.keys(KNOWN).join(', ')}.`);
    if (!('kernel' in operator)) continue;
    const constants = operator.bias === undefined ? [operator.kernel] : [operator.kernel, operator.bias];
    const computed = constants.find((value) => !values[value].data);
    if (computed !== undefined) throw new InvalidModelError(`Layer '${operator.layer}' multiplies by '${values[computed].name}', which is computed; expected constant weights.`);
  }
  const last = operators.at(-1);
  if (last?.type !== 'softmax' || last.output !== output) {
    throw new InvalidModelError(`The network ends with ${last ? `'${last.layer}', a '${last.type}'` : 'nothing'}; expected the softmax that gives its output.`);
  }
}
