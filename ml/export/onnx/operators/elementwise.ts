import { InvalidModelError } from '../../../../shared/errors.js';
import { SOFTMAX_QUANTIZATION } from '../../../compression/affine-quantization.js';
import { shapeSize } from '../../../shape-size.js';
import type { Activate, ActivationKind, Binary, NetworkOperator } from '../../network/network-graph.js';
import { asFloat, asWhole } from '../kept-value.js';
import { constantIn } from '../network-writer.js';
import type { NetworkWriter } from '../network-writer.js';
import { writeRelu } from './products.js';

type Given<O> = O & Pick<NetworkOperator, 'output' | 'layer'>;

/** Activations that are one operator of ONNX. */
const PLAIN: Partial<Readonly<Record<ActivationKind, string>>> = {
  elu: 'Elu', selu: 'Selu', sigmoid: 'Sigmoid', tanh: 'Tanh', softplus: 'Softplus', gelu: 'Gelu', leakyRelu: 'LeakyRelu',
};

export function writeActivation(writer: NetworkWriter, { kind, input, alpha, output }: Given<Activate>): void {
  const kept = writer.readAnyhow(input);
  const name = writer.nameOf(output);
  writer.giveLike(output, activated(), kept);

  function sigmoid(): string {
    const share = writer.node('Sigmoid', [kept.name], writer.nameOf(output, 'sigmoid'));
    // In [0, 1], as the shares of a softmax.
    return kept.quantization ? asFloat(writer, { ...kept, name: asWhole(writer, share, SOFTMAX_QUANTIZATION), quantization: SOFTMAX_QUANTIZATION }) : share;
  }

  function activated(): string {
    switch (kind) {
      case 'relu': case 'relu6':
        return writeRelu(writer, kept.name, name, kind);
      case 'swish':
        return writer.node('Mul', [kept.name, sigmoid()], name);
      case 'hardSigmoid':
        return writer.node('HardSigmoid', [kept.name], name, { alpha: { f: 0.2 }, beta: { f: 0.5 } });
      case 'elu': case 'selu': case 'sigmoid': case 'tanh': case 'softplus': case 'gelu': case 'leakyRelu':
        return writer.node(PLAIN[kind] ?? kind, [kept.name], name, alpha === undefined ? {} : { alpha: { f: alpha } });
    }
  }
}

const BINARY = { add: 'Add', multiply: 'Mul', maximum: 'Max', minimum: 'Min' } as const;

/**
 * Maps in the order of the larger activation's axes, so that only the smaller one is moved; tokens in the graph's, which is what their
 * products read.
 * @throws InvalidModelError for a constant of more axes than the activation has.
 */
export function writeBinary(writer: NetworkWriter, { type, a, b, output, layer }: Given<Binary>): void {
  const sizeOf = (value: number): number => (writer.data(value) ? -1 : shapeSize(writer.shape(value)));
  const larger = sizeOf(a) >= sizeOf(b) ? a : b;
  const order = writer.shape(larger).length === 3 ? writer.orderOf(larger) : writer.shape(larger).map((_, axis) => axis);
  if (order.length !== writer.shape(output).length) throw new InvalidModelError(`The constant in layer ${layer} (${type}) has more axes than the activation that it meets; expected at most ${order.length}.`);
  const [left, right] = [a, b].map((value) => {
    const data = writer.data(value);
    return data ? constantIn(writer, value, data, order) : writer.read(value, order);
  });
  writer.give(output, writer.node(BINARY[type], [left, right], writer.nameOf(output)), order);
}
