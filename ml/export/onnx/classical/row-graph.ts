import type { OnnxWriter } from './onnx-writer.js';

/** A trained model as operators from rows to class probabilities. */
export interface RowGraph {
  /** Width of the rows. */
  readonly columns: number;
  /** @param features float32 [batch, columns]. @returns float32 [batch, 10] */
  write(writer: OnnxWriter, features: string): string;
}

/** Reads a model's saved bytes. @throws InvalidModelError when they are no such model, or hold what ONNX cannot say. */
export type ReadRowGraph = (bytes: Uint8Array) => RowGraph;
