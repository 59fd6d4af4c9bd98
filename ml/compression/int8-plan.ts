import { InvalidModelError } from '../../shared/errors.js';
import type { Conv2dOperator, FullyConnectedOperator, MaxPool2dOperator, TfliteGraph, TfliteOperator, TfliteTensor } from '../export/tflite/tflite-graph.js';
import type { AffineQuantization } from './affine-quantization.js';
import { int8Layout, NO_BORDER } from './int8-layout.js';
import type { Border, Int8Layout } from './int8-layout.js';
import { packWeights } from './pack-weights.js';
import { requantizeTable } from './requantize-table.js';
import { windowSize } from './window-size.js';

/** A layer with weights: `rows` runs of `quads` values for each position. */
export interface MultiplyStep {
  readonly kind: 'convolve' | 'multiply';
  readonly strides: readonly [number, number];
  readonly rows: number;
  readonly quads: number;
  readonly weights: Int16Array<ArrayBuffer>;
  readonly table: Uint8Array<ArrayBuffer>;
  readonly output: Int8Layout;
  /** Of the window over the input, before its first row and column. */
  readonly top: number;
  readonly left: number;
}

export interface PoolStep {
  readonly kind: 'pool';
  readonly poolSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly top: number;
  readonly left: number;
  readonly output: Int8Layout;
}

/** What the interpreter executes, in order; a softmax ends it. */
export interface Int8Plan {
  readonly input: Int8Layout;
  readonly inputQuantization: AffineQuantization;
  readonly steps: readonly (MultiplyStep | PoolStep)[];
  readonly logits: AffineQuantization;
  readonly beta: number;
}

/**
 * Plans the execution of an int8 graph: one chain of convolutions, pools, a reshape, fully connected layers and a softmax.
 * @throws InvalidModelError for graphs of another form.
 */
export function int8Plan(graph: TfliteGraph): Int8Plan {
  const operators = graph.operators.filter(({ type }) => type !== 'reshape');
  const [first] = operators;
  const last = operators.at(-1);
  if (graph.inputs.length !== 1 || last?.type !== 'softmax') {
    throw new InvalidModelError(`The graph has ${graph.inputs.length} inputs and ends with ${last?.type ?? 'nothing'}; expected one input and a softmax.`);
  }
  checkChain(graph);
  const inputTensor = graph.tensors[graph.inputs[0]];
  const input = layoutOf(inputTensor, borderFor(first, graph), first.type !== 'maxPool2d');
  const steps: (MultiplyStep | PoolStep)[] = [];
  let layout = input;
  operators.slice(0, -1).forEach((operator, index) => {
    const output = layoutOf(graph.tensors[operator.outputs[0]], borderFor(operators[index + 1], graph));
    steps.push(planStep(graph, operator, layout, output));
    layout = output;
  });
  return {
    input,
    inputQuantization: affineOf(inputTensor),
    steps,
    logits: affineOf(graph.tensors[last.inputs[0]]),
    beta: last.beta,
  };
}

function planStep(graph: TfliteGraph, operator: TfliteOperator, input: Int8Layout, output: Int8Layout): MultiplyStep | PoolStep {
  if (operator.type === 'maxPool2d') {
    return { kind: 'pool', poolSize: operator.poolSize, strides: operator.strides, output, ...originOf(operator, operator.poolSize, input) };
  }
  if (operator.type === 'conv2d') {
    const [, height, width] = graph.tensors[operator.inputs[1]].shape;
    const weighted = planWeights(graph, operator, height, width, input);
    return { kind: 'convolve', strides: operator.strides, output, ...weighted, ...originOf(operator, [height, width], input) };
  }
  if (operator.type === 'fullyConnected') {
    const weighted = planWeights(graph, operator, 1, input.height * input.width, input);
    return { kind: 'multiply', strides: [1, 1], output, top: 0, left: 0, ...weighted };
  }
  throw new InvalidModelError(`A ${operator.type} inside the graph; expected convolutions, max-pools and fully connected layers, and a softmax at the end.`);
}

function planWeights(
  graph: TfliteGraph,
  { inputs, outputs, activation }: Conv2dOperator | FullyConnectedOperator,
  rows: number,
  positions: number,
  input: Int8Layout,
): Pick<MultiplyStep, 'rows' | 'quads' | 'weights' | 'table'> {
  const [data, weights, bias] = inputs.map((index) => graph.tensors[index]);
  if (!(weights?.data instanceof Int8Array) || !(bias?.data instanceof Int32Array) || !weights.quantization) {
    throw new InvalidModelError(`Layer '${graph.tensors[outputs[0]].name}' lacks constant int8 weights and int32 biases.`);
  }
  if (activation === 'relu6') throw new InvalidModelError(`Layer '${graph.tensors[outputs[0]].name}' ends with relu6; expected linear or relu.`);
  const count = weights.shape[0];
  if (weights.data.length !== count * rows * positions * input.channels || bias.data.length !== count) {
    throw new InvalidModelError(
      `Weights '${weights.name}' (${weights.shape.join(' x ')}) do not fit an input of ${input.height} x ${input.width} x ${input.channels}.`,
    );
  }
  const output = affineOf(graph.tensors[outputs[0]]);
  const { scales } = weights.quantization;
  const inputScale = affineOf(data).scale;
  // XNNPACK's order of operations, in float32: the last bit decides ties
  const multipliers = Float32Array.from({ length: count }, (_, channel) => Math.fround(inputScale * scales[scales.length === 1 ? 0 : channel]) / output.scale);
  const { data: packed, quads } = packWeights(weights.data, count, rows, positions, input.channels, input.stride);
  return { rows, quads, weights: packed, table: requantizeTable({ bias: bias.data, multipliers, output, activation }) };
}

function originOf({ strides, padding }: Conv2dOperator | MaxPool2dOperator, window: readonly number[], input: Int8Layout): { top: number; left: number } {
  return {
    top: windowSize(input.height, window[0], strides[0], padding).before,
    left: windowSize(input.width, window[1], strides[1], padding).before,
  };
}

function borderFor(reader: TfliteOperator, graph: TfliteGraph): Border {
  if (reader.type !== 'conv2d') return NO_BORDER;
  const [, height, width] = graph.tensors[reader.inputs[0]].shape;
  const [, kernelHeight, kernelWidth] = graph.tensors[reader.inputs[1]].shape;
  const rows = windowSize(height, kernelHeight, reader.strides[0], reader.padding);
  const columns = windowSize(width, kernelWidth, reader.strides[1], reader.padding);
  return { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after };
}

function layoutOf({ shape }: TfliteTensor, border: Border, dense = false): Int8Layout {
  const [height, width, channels] = shape.length === 4 ? shape.slice(1) : [1, 1, shape[1]];
  return int8Layout(height, width, channels, border, dense);
}

function affineOf({ name, type, quantization }: TfliteTensor): AffineQuantization {
  if (type !== 'int8' || quantization?.scales.length !== 1) {
    throw new InvalidModelError(`Activation '${name}' is ${type} with ${quantization?.scales.length ?? 0} scales; expected int8 with one.`);
  }
  return { scale: quantization.scales[0], zeroPoint: quantization.zeroPoints[0] };
}

function checkChain({ operators, inputs, outputs }: TfliteGraph): void {
  let last = inputs[0];
  for (const operator of operators) {
    if (operator.inputs[0] !== last) throw new InvalidModelError(`A ${operator.type} reads tensor ${operator.inputs[0]}; expected the one before it, ${last}.`);
    last = operator.outputs[0];
  }
  if (outputs[0] !== last) throw new InvalidModelError(`The graph gives out tensor ${outputs[0]}; expected its last, ${last}.`);
}
