import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ONNX_MODEL } from '../../../../ml/export/onnx/onnx-schema.js';
import { openOnnxSession } from '../../../../native/onnxruntime.js';

/** The answers of ONNX Runtime, an array an image. */
export async function answersOf(bytes: Uint8Array, images: readonly Float32Array[]): Promise<Float32Array[]> {
  const session = await openOnnxSession(bytes);
  const answers = await session.run(Float32Array.from(images.flatMap((image) => [...image])));
  await session.dispose();
  const classes = answers.length / images.length;
  return images.map((_, row) => answers.slice(row * classes, (row + 1) * classes));
}

/** Types of a model's operators, e.g. `Conv`, `Relu`. */
export function operatorsOf(bytes: Uint8Array): string[] {
  const { graph } = ONNX_MODEL.toObject(ONNX_MODEL.decode(bytes)) as { graph: { node: { opType: string }[] } };
  return graph.node.map(({ opType }) => opType);
}

/** Types of operators as ONNX Runtime runs them. */
export async function optimisedOperatorsOf(bytes: Uint8Array, folder: string): Promise<string[]> {
  const optimisedModelPath = path.join(folder, 'optimised.onnx');
  await (await openOnnxSession(bytes, { optimisedModelPath })).dispose();
  return operatorsOf(await readFile(optimisedModelPath));
}
