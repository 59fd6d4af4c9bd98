import type { Conv2d, Dense, DepthwiseConv2d, NetworkOperator, ValueId } from '../network/network-graph.js';
import type { Attribute } from './graph-draft.js';
import type { GraphScope } from './graph-scope.js';

type Given<Operation> = Operation & Pick<NetworkOperator, 'output'>;

const FUSED = { relu: 'Relu', relu6: 'Relu6' } as const;

/** A convolution, or one filter a channel, with its bias and activation; gives its node. */
export function writeConvolution(scope: GraphScope, operator: Given<Conv2d | DepthwiseConv2d>): string {
  const op = operator.type === 'conv2d' ? 'Conv2D' : 'DepthwiseConv2dNative';
  const attributes = { strides: { ints: [1, ...operator.strides, 1] }, padding: { s: operator.padding.toUpperCase() } };
  return inARow(scope, operator.output, partsOf(scope, operator, op, scope.read(operator.input), attributes), true);
}

/** A product along the last axis: of a value of higher rank, of its rows. Gives its node. */
export function writeDense(scope: GraphScope, operator: Given<Dense>): string {
  const { input, kernel, output } = operator;
  const x = scope.read(input);
  if (scope.shape(input).length === 1) return inARow(scope, output, partsOf(scope, operator, 'MatMul', x), true);
  const rows = scope.step(output, 'rows', 'Reshape', [x, scope.ints(output, 'rows_shape', [-1, scope.shape(kernel)[0]])]);
  const products = inARow(scope, output, partsOf(scope, operator, 'MatMul', rows), false);
  return scope.give(output, 'Reshape', [products, scope.ints(output, 'shape', [-1, ...scope.shape(output)])]);
}

interface Part {
  readonly name: string;
  readonly op: string;
  /** Beside what the part before it gives. */
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** A product, its bias and its activation, as far as there are any. */
function partsOf(scope: GraphScope, { kernel, bias, activation }: Given<Conv2d | DepthwiseConv2d | Dense>, op: string, x: string, attributes: Readonly<Record<string, Attribute>> = {}): Part[] {
  return [
    { name: 'product', op, inputs: [x, scope.read(kernel)], attributes },
    ...(bias === undefined ? [] : [{ name: 'sum', op: 'BiasAdd', inputs: [scope.read(bias)] }]),
    ...(activation === 'linear' ? [] : [{ name: 'activation', op: FUSED[activation], inputs: [] }]),
  ];
}

/** Each part reads what the one before it gives; gives the last node, which is the value's own where these are all of it. */
function inARow(scope: GraphScope, output: ValueId, parts: readonly Part[], whole: boolean): string {
  return parts.reduce((before, { name, op, inputs, attributes }, i) => {
    const all = i === 0 ? inputs : [before, ...inputs];
    return whole && i === parts.length - 1 ? scope.give(output, op, all, attributes) : scope.step(output, name, op, all, attributes);
  }, '');
}
