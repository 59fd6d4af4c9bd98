import type { NetworkOperator, Reduce, Softmax, Standardise } from '../../network/network-graph.js';
import type { LayerNorm } from '../join-layer-norms.js';
import type { NetworkWriter } from '../network-writer.js';

type Given<O> = O & Pick<NetworkOperator, 'output'>;

const REDUCE = { mean: 'ReduceMean', max: 'ReduceMax', sum: 'ReduceSum' } as const;
const GLOBAL_POOL = { mean: 'GlobalAveragePool', max: 'GlobalMaxPool' } as const;

/** Over all places of a map with the channels first: a global pool, as fast as pools are; else the operator of that name. */
export function writeReduce(writer: NetworkWriter, { how, input, axes, keepDims, output }: Given<Reduce>): void {
  const order = writer.orderOf(input);
  const name = writer.nameOf(output);
  if (how !== 'sum' && order.join() === '2,0,1' && [...axes].sort().join() === '0,1') {
    const channels = writer.shape(input)[2];
    writer.giveLike(output, writer.node(GLOBAL_POOL[how], [writer.read(input, order)], name), { name, shape: [channels, 1, 1], layout: { sides: [channels], order: [0] } });
    return;
  }
  const places = writer.wholes('axes', placesOf(axes, order));
  const reduced = writer.node(REDUCE[how], [writer.read(input, order), places], name, { keepdims: { i: keepDims ? 1 : 0 } });
  const left = order.filter((axis) => !axes.includes(axis));
  writer.give(output, reduced, keepDims ? order : left.map((axis) => [...left].sort((a, b) => a - b).indexOf(axis)));
}

export function writeSoftmax(writer: NetworkWriter, { input, output }: Given<Softmax>): void {
  const order = writer.orderOf(input);
  const axis = order.indexOf(order.length - 1) + 1;
  writer.give(output, writer.node('Softmax', [writer.read(input, order)], writer.nameOf(output), { axis: { i: axis } }), order);
}

/** Along any axes, step by step. */
export function writeStandardise(writer: NetworkWriter, { input, axes, epsilon, output }: Given<Standardise>): void {
  const order = writer.orderOf(input);
  const [x, places] = [writer.read(input, order), writer.wholes('axes', placesOf(axes, order))];
  const step = (opType: string, inputs: readonly string[], name: string): string => writer.node(opType, inputs, writer.nameOf(output, name));
  const apart = step('Sub', [x, step('ReduceMean', [x, places], 'mean')], 'centred');
  const variance = step('ReduceMean', [step('Mul', [apart, apart], 'squared'), places], 'variance');
  const deviation = step('Sqrt', [step('Add', [variance, writer.floats('epsilon', [], Float32Array.of(epsilon))], 'variance_plus')], 'deviation');
  writer.give(output, writer.node('Div', [apart, deviation], writer.nameOf(output)), order);
}

/** Layer normalisation with what it is multiplied by and what is added afterwards. */
export function writeLayerNorm(writer: NetworkWriter, { input, gamma, beta, epsilon, output }: LayerNorm): void {
  const shape = writer.shape(input);
  const order = shape.map((_, axis) => axis);
  const width = shape.slice(-1);
  const data = (gamma === undefined ? undefined : writer.data(gamma)) ?? new Float32Array(width[0]).fill(1);
  const scale = writer.floats(gamma === undefined ? writer.nameOf(output, 'ones') : writer.nameOf(gamma), width, data);
  const shift = beta === undefined ? [] : [writer.floats(writer.nameOf(beta), width, writer.data(beta) ?? new Float32Array(0))];
  writer.give(output, writer.node('LayerNormalization', [writer.read(input, order), scale, ...shift], writer.nameOf(output), { axis: { i: -1 }, epsilon: { f: epsilon } }), order);
}

/** Where axes of the graph, batch left out, are in an array [batch, ...] of this order. */
function placesOf(axes: readonly number[], order: readonly number[]): number[] {
  return axes.map((axis) => order.indexOf(axis) + 1);
}
