import { InvalidModelError } from '../../../shared/errors.js';
import type { KernelCodes } from '../../compression/compressed-weights.js';
import { quantizeKernel } from '../../compression/quantize-kernel.js';
import { windowSize } from '../../compression/window-size.js';
import { shapeSize } from '../../shape-size.js';
import type { NetworkGraph, NetworkOperator, ValueId } from '../network/network-graph.js';
import { ACTIVATIONS } from './activations.js';
import { floatInC } from './constant-arrays.js';
import type { ConstantArrays } from './constant-arrays.js';
import { operandsOf } from './doable.js';
import { ENGINE_NEEDS } from './engine.js';
import type { ArenaPlan } from './plan-arena.js';

/** How weights are kept. */
export interface WeightStorage {
  /** Floats, or whole numbers of so many bits with a float16 scale for each output and float16 biases. */
  readonly weights: 'float32' | 8 | 4 | 2;
  /** Whole numbers that a kernel was trained to be, by the kernel's name (`<layer>/<weight>`); they go before `weights`. */
  readonly codes?: ReadonlyMap<string, KernelCodes>;
}

const HOW = { mean: 0, max: 1, sum: 2, add: 0, multiply: 1, maximum: 2, minimum: 3 } as const;

/** Writes operators as calls of the engine. */
export class LayerCalls {
  /** Parts of the engine that were called. */
  readonly used = new Set<string>();
  /** Outputs of the widest product. */
  widest = 1;
  readonly #graph: NetworkGraph;
  readonly #storage: WeightStorage;
  readonly #arena: ArenaPlan;
  readonly #arrays: ConstantArrays;

  constructor(graph: NetworkGraph, storage: WeightStorage, arena: ArenaPlan, arrays: ConstantArrays) {
    this.#graph = graph;
    this.#storage = storage;
    this.#arena = arena;
    this.#arrays = arrays;
  }

  /** Where a value lies, as a pointer in C. */
  at(value: ValueId): string {
    const { data, name } = this.#graph.values[value];
    if (data) return this.#arrays.floats(name, data);
    const offset = this.#arena.offsetOf(value);
    return offset === undefined ? 'image' : `arena + ${offset}`;
  }

  /** One statement; none for a reshape. */
  call(operator: NetworkOperator): string[] {
    const { values } = this.#graph;
    const shapeOf = (value: ValueId): readonly number[] => values[value].shape;
    const to = this.at(operator.output);
    switch (operator.type) {
      case 'conv2d': {
        const [[h, w, c], [kh, kw], [oh, ow, out]] = [operator.input, operator.kernel, operator.output].map(shapeOf);
        return [this.#engine('conv2d', 'dl_conv2d', [this.at(operator.input), to, h, w, c, oh, ow, out, kh, kw, ...windowOf([h, w], [kh, kw], operator), ...this.#product(operator, out), 'row'])];
      }
      case 'depthwiseConv2d': {
        const [[h, w, c], [kh, kw], [oh, ow]] = [operator.input, operator.kernel, operator.output].map(shapeOf);
        return [this.#engine('depthwiseConv2d', 'dl_depthwise', [this.at(operator.input), to, h, w, c, oh, ow, kh, kw, ...windowOf([h, w], [kh, kw], operator), ...this.#product(operator, c), 'row'])];
      }
      case 'dense': {
        const [inputs, out] = shapeOf(operator.kernel);
        return [this.#engine('dense', 'dl_dense', [this.at(operator.input), to, shapeSize(shapeOf(operator.input)) / inputs, inputs, out, ...this.#product(operator, out), 'row'])];
      }
      case 'maxPool2d': case 'averagePool2d': {
        const [[h, w, c], [oh, ow]] = [operator.input, operator.output].map(shapeOf);
        return [this.#engine('pool2d', 'dl_pool', [this.at(operator.input), to, h, w, c, oh, ow, ...operator.size, ...windowOf([h, w], operator.size, operator), Number(operator.type === 'averagePool2d')])];
      }
      case 'reduce': {
        const shape = shapeOf(operator.input);
        const [first, end] = [operator.axes[0], operator.axes[operator.axes.length - 1] + 1];
        return [this.#engine('reduce', 'dl_reduce', [this.at(operator.input), to, ...[shape.slice(0, first), shape.slice(first, end), shape.slice(end)].map(shapeSize), HOW[operator.how]])];
      }
      case 'add': case 'multiply': case 'maximum': case 'minimum': {
        const operands = operandsOf(this.#graph, operator);
        if (!operands) throw new InvalidModelError(`${operator.layer} (${operator.type}) cannot be written as C.`);
        return [this.#engine('binary', 'dl_binary', [this.at(operands.whole), this.at(operands.repeated), to, ...operands.blocks, HOW[operator.type]])];
      }
      case 'activation': {
        const value = ACTIVATIONS[operator.kind](floatInC(operator.alpha ?? 1));
        return [`for (size_t i = 0; i < ${shapeSize(shapeOf(operator.input))}; i++) { float v = (${this.at(operator.input)})[i]; (${to})[i] = ${value}; }`];
      }
      case 'pad': {
        const [[h, w, c], [oh, ow]] = [operator.input, operator.output].map(shapeOf);
        return [this.#engine('pad', 'dl_pad', [this.at(operator.input), to, h, w, c, operator.before[0], operator.before[1], oh, ow])];
      }
      case 'softmax': {
        const shape = shapeOf(operator.output);
        const n = shape[shape.length - 1];
        return [this.#engine('softmax', 'dl_softmax', [this.at(operator.input), to, shapeSize(shape) / n, n])];
      }
      case 'concatenate': {
        const { axis } = operator;
        const [outer, whole] = [shapeOf(operator.output).slice(0, axis), shapeOf(operator.output).slice(axis)].map(shapeSize);
        let offset = 0;
        return operator.inputs.map((part) => {
          const length = shapeSize(shapeOf(part).slice(axis));
          offset += length;
          return this.#engine('place', 'dl_place', [this.at(part), `${to} + ${offset - length}`, outer, length, whole]);
        });
      }
      case 'reshape': return [];
      case 'standardise': case 'transpose': case 'batchMatMul':
        throw new InvalidModelError(`${operator.layer} (${operator.type}) cannot be written as C.`);
    }
  }

  #engine(part: string, name: string, args: readonly (string | number)[]): string {
    for (const key of [part, ...(ENGINE_NEEDS[part] ?? [])]) this.used.add(key);
    return `${name}(${args.join(', ')});`;
  }

  /** The arguments of a product: kernel, bits, scales, bias, relu. */
  #product({ kernel, bias, activation }: Extract<NetworkOperator, { readonly kernel: ValueId }>, outputs: number): (string | number)[] {
    this.widest = Math.max(this.widest, outputs);
    const relu = activation === 'relu6' ? 6 : Number(activation === 'relu');
    const { name, data = new Float32Array() } = this.#graph.values[kernel];
    const biases = bias === undefined ? undefined : this.#graph.values[bias];
    const codes = this.#codesOf(name, data, outputs);
    if (!codes) return [this.#arrays.floats(name, data), 32, 'NULL', biases?.data ? this.#arrays.floats(biases.name, biases.data) : 'NULL', relu];
    const [stored, format] = this.#arrays.codes(name, codes);
    const scales = this.#arrays.halves(`${name}_scales`, codes.scales);
    return [stored, format, scales, biases?.data ? this.#arrays.halves(biases.name, biases.data) : 'NULL', relu];
  }

  #codesOf(name: string, data: Float32Array, outputs: number): KernelCodes | undefined {
    const { weights, codes } = this.#storage;
    const given = codes?.get(name);
    if (given || weights === 'float32') return given;
    const { stored, scales } = quantizeKernel(data, outputs, weights);
    return { bits: weights, values: stored, scales };
  }
}

/** Strides, and cells of padding before the first row and column. */
function windowOf(sides: readonly number[], size: readonly number[], { strides, padding }: { readonly strides: readonly [number, number]; readonly padding: 'same' | 'valid' }): number[] {
  return [...strides, ...sides.map((side, axis) => windowSize(side, size[axis], strides[axis], padding).before)];
}
