import assert from 'node:assert/strict';
import { compileInference } from '../../../../ml/graph/inference-graph.js';
import { loadTensorFlowLibrary } from '../../../../native/tensorflow/library.js';
import { nativePaths } from '../../../support/native-paths.js';
import type { ExportedNetwork } from './random-network.js';

/** The probabilities that TensorFlow gives for images, an array an image. */
export async function compiledAnswers({ topology, weights }: ExportedNetwork, images: readonly Float32Array[]): Promise<Float32Array[]> {
  const compiled = compileInference(loadTensorFlowLibrary(nativePaths().tensorflow), topology, weights, { intraOpThreads: 1 });
  const columns = images[0]?.length ?? 0;
  const data = Float32Array.from(images.flatMap((image) => [...image]));
  const answers = await compiled.predict({ rows: images.length, columns, data });
  compiled.dispose();
  const classes = answers.length / images.length;
  return images.map((_, row) => answers.slice(row * classes, (row + 1) * classes));
}

/** That probabilities are those expected, and that there is something to compare: they differ between images and are not all one class. */
export function assertSameAnswers(answers: readonly ArrayLike<number>[], expected: readonly Float32Array[], tolerance: number): void {
  const [first, second] = expected;
  assert.ok(first && second && first.some((value, i) => Math.abs(value - (second[i] ?? 0)) > 20 * tolerance) && Math.max(...first) < 0.999, `the answers say too little: ${first?.join(', ')}`);
  assert.equal(answers.length, expected.length);
  expected.forEach((row, image) => {
    const given = answers[image] ?? [];
    assert.equal(given.length, row.length, `classes of image ${image}`);
    row.forEach((value, i) => assert.ok(Math.abs(value - (given[i] ?? Number.NaN)) <= tolerance, `image ${image}, class ${i}: ${given[i]}, TensorFlow has ${value}`));
  });
}
