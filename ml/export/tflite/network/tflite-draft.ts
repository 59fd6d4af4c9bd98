import type { NetworkGraph, ValueId } from '../../network/network-graph.js';
import { fileMetadata } from '../file-metadata.js';
import type { TfliteGraph, TfliteOperator, TfliteTensor } from '../tflite-graph.js';
import type { OperatorSettings } from './tflite-scope.js';

/** What a file says of itself besides its tensors and operators. */
export interface TfliteFacts {
  readonly description: string;
  /** Kept as JSON in the entry `metadata.json`: labels, normalisation, digest of the training, licence. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A `.tflite` graph in the making, of a network's activations [n, ...]. */
export class TfliteDraft {
  private readonly network: NetworkGraph;
  private readonly tensors: TfliteTensor[] = [];
  private readonly operators: TfliteOperator[] = [];
  private readonly integers = new Map<string, number>();

  constructor(network: NetworkGraph) {
    this.network = network;
  }

  /** Adds a tensor and returns its index. */
  add(tensor: TfliteTensor): number {
    return this.tensors.push(tensor) - 1;
  }

  /** Adds the tensor of an activation, a batch of one by default; the network's own input and output let the interpreter choose. */
  addActivation(value: ValueId, storage: Pick<TfliteTensor, 'type' | 'quantization'>): number {
    const { name, shape } = this.network.values[value];
    const isOuter = value === this.network.input || value === this.network.output;
    return this.add({ name, shape: [1, ...shape], ...(isOuter && { signature: [-1, ...shape] }), ...storage });
  }

  /** Adds a constant of whole numbers, or finds the one that there is. */
  addIntegers(name: string, shape: readonly number[], values: readonly number[]): number {
    const key = `${shape.join()}: ${values.join()}`;
    const found = this.integers.get(key);
    if (found !== undefined) return found;
    const tensor = this.add({ name, shape, type: 'int32', data: Int32Array.from(values) });
    this.integers.set(key, tensor);
    return tensor;
  }

  emit(settings: OperatorSettings, inputs: readonly number[], output: number): void {
    this.operators.push({ ...settings, inputs, outputs: [output] });
  }

  build(input: number, output: number, { description, metadata }: TfliteFacts): TfliteGraph {
    const { tensors, operators } = this;
    return { description, tensors, operators, inputs: [input], outputs: [output], metadata: fileMetadata(metadata) };
  }
}
