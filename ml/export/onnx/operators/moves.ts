import type { Concatenate, NetworkOperator, Pad } from '../../network/network-graph.js';
import type { NetworkWriter } from '../network-writer.js';

type Given<O> = O & Pick<NetworkOperator, 'output'>;

export function writePad(writer: NetworkWriter, { input, before, after, output }: Given<Pad>): void {
  const order = writer.orderOf(input);
  const pads = writer.wholes('pads', [0, ...order.map((axis) => before[axis]), 0, ...order.map((axis) => after[axis])]);
  writer.give(output, writer.node('Pad', [writer.read(input, order), pads], writer.nameOf(output)), order);
}

export function writeConcatenate(writer: NetworkWriter, { inputs, axis, output }: Given<Concatenate>): void {
  const order = writer.orderOf(inputs[0]);
  const parts = inputs.map((input) => writer.read(input, order));
  writer.give(output, writer.node('Concat', parts, writer.nameOf(output), { axis: { i: order.indexOf(axis) + 1 } }), order);
}
