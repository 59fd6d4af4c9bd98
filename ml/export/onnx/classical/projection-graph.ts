import { loadProjection } from '../../../models/projection.js';
import type { ModelArrays } from './model-arrays.js';
import type { OnnxWriter } from './onnx-writer.js';

/** The projection that a model owns, as operators. */
export interface ProjectionGraph {
  readonly columns: number;
  readonly width: number;
  /** @param features float32 [batch, columns]. @returns float32 [batch, width]: what the trained model goes on with. */
  floats(writer: OnnxWriter, features: string): string;
}

/** @throws InvalidModelError when the arrays are no projection's. */
export function projectionGraph(arrays: ModelArrays): ProjectionGraph {
  const { columns, width } = loadProjection(arrays);
  const [offset, weights, scale] = ['offset', 'weights', 'scale'].map((name) => arrays[`projection.${name}`]?.data as Float32Array | undefined);
  if (!offset) return { columns, width, floats: (_, features) => features };
  const doubles = (to: OnnxWriter, features: string): string => {
    const moved = to.op('Sub', [to.cast(features, 'double'), to.asDoubles(offset, [columns])]);
    return weights ? to.op('MatMul', [moved, to.asDoubles(weights, [columns, width])]) : to.op('Mul', [moved, to.asDoubles(scale as Float32Array, [columns])]);
  };
  return { columns, width, floats: (to, features) => to.cast(doubles(to, features), 'float') };
}
