import { codeOf, SMALLEST_STEP, stepOfLargest } from '../../graph/transforms/code-grid.js';
import { channelShape, trainedNames } from '../../graph/transforms/network-transforms.js';
import type { WeightTransform } from '../../graph/transforms/network-transforms.js';
import type { WeightPlace } from '../../graph/weight-layout.js';
import { shapeSize } from '../../shape-size.js';
import type { CompressedKernel } from '../compressed-weights.js';
import { sparsityOf } from '../compressed-weights.js';

/** A kernel as its layer sees it, and what its numbers stand for. */
export interface SeenKernel {
  readonly values: Float32Array<ArrayBuffer>;
  readonly kernel: CompressedKernel;
}

/**
 * What `seenWeights` computes in the graph, with the codes: the kernel of a stage's end.
 * @param trained what was trained, by the names of `transformedLayout`.
 */
export function seenKernel(place: WeightPlace, { shared, grid, fixed, sparse = false }: WeightTransform, trained: ReadonlyMap<string, Float32Array<ArrayBuffer>>): SeenKernel {
  const { name, shape, length } = place;
  const numbers = (of: string): Float32Array<ArrayBuffer> => trained.get(of) ?? new Float32Array(0);
  const raw = numbers(shared ? trainedNames.centroids(name) : name);
  const channels = shapeSize(channelShape(place));
  const described = (values: Float32Array<ArrayBuffer>, more: Pick<CompressedKernel, 'codes' | 'shared'>): SeenKernel =>
    ({ values, kernel: { name, shape, channels, sparsity: sparsityOf(values), ...more } });
  if (!grid) {
    if (!shared) return described(raw, {});
    const codebook = Float32Array.from([0, ...raw]);
    const indices = Uint16Array.from(shared.assignment, (index) => index + 1);
    return described(Float32Array.from(indices, (index) => codebook[index]), { shared: { codebook, indices } });
  }
  const groups = shared ? 1 : channels;
  const steps = grid.step === 'learnt' ? numbers(trainedNames.steps(name)).map(Math.exp) : largestSteps(raw, groups, grid.codes.high);
  const rawCodes = fixed ? Int8Array.from(fixed) : Int8Array.from(raw, (value, i) => (sparse && value === 0 ? 0 : codeOf(value, steps[i % groups], grid.codes)));
  const codes = shared ? Int8Array.from(shared.assignment, (index) => (index < 0 ? 0 : rawCodes[index])) : rawCodes;
  const scales = Float32Array.from({ length: channels }, (_, channel) => steps[channel % groups]);
  const values = Float32Array.from({ length }, (_, i) => codes[i] * scales[i % channels]);
  const { low, high, stride } = grid.codes;
  return described(values, { codes: { bits: Math.ceil(Math.log2((high - low) / stride + 1)), values: codes, scales } });
}

function largestSteps(raw: Float32Array, channels: number, high: number): Float32Array {
  const steps = new Float32Array(channels);
  raw.forEach((value, i) => (steps[i % channels] = Math.max(steps[i % channels], Math.abs(value))));
  return steps.map((largest) => Math.max(SMALLEST_STEP, Math.fround(largest * Math.fround(stepOfLargest(high)))));
}
