import { OnnxModel } from './onnx-model.js';
import type { OnnxAttribute, OnnxDescription } from './onnx-model.js';

/** A model of ONNX in the making, which finds names that are free and makes what several need once. */
export class OnnxDraft {
  readonly model: OnnxModel;
  readonly #names: Set<string>;
  readonly #made = new Map<string, string>();

  /** @param reserved names that `name` does not give away */
  constructor(description: OnnxDescription, reserved: readonly string[]) {
    this.model = new OnnxModel(description);
    this.#names = new Set(reserved);
  }

  /** A name that no value has yet: the wanted one, or with a number behind it. */
  name(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#names.has(name); count++) name = `${wanted}_${count}`;
    this.#names.add(name);
    return name;
  }

  floats(name: string, dims: readonly number[], data: Float32Array): string {
    return this.model.constant(this.name(name), { dims, data });
  }

  wholes(name: string, numbers: readonly number[]): string {
    return this.model.constant(this.name(name), { dims: [numbers.length], data: BigInt64Array.from(numbers, BigInt) });
  }

  node(opType: string, inputs: readonly string[], output: string, attributes: Readonly<Record<string, OnnxAttribute>> = {}): string {
    return this.model.node(opType, { inputs, outputs: [output], attributes });
  }

  /** The name that `make` gave when this key came first. */
  once(key: string, make: () => string): string {
    const name = this.#made.get(key) ?? make();
    this.#made.set(key, name);
    return name;
  }
}
