import { windowSize } from '../../../compression/window-size.js';
import { shapeSize } from '../../../shape-size.js';
import type { Pool2d, Reduce, Softmax, Standardise } from '../network-graph.js';
import type { EvaluatedValue, Evaluation } from './arrays.js';
import { broadcastStrides, positions } from './positions.js';

const COMBINE: Readonly<Record<Reduce['how'], (numbers: readonly number[]) => number>> = {
  sum: (numbers) => numbers.reduce((sum, number) => sum + number, 0),
  mean: (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length,
  max: (numbers) => Math.max(...numbers),
};

export const evaluatePool2d: Evaluation<Pool2d> = ({ type, size, strides, padding }, [input], shape) => {
  const [height, width, channels] = input.shape;
  const top = windowSize(height, size[0], strides[0], padding).before;
  const left = windowSize(width, size[1], strides[1], padding).before;
  const isLargest = type === 'maxPool2d';
  return Float64Array.from({ length: shapeSize(shape) }, (_, i) => {
    const [row, column, channel] = [Math.floor(i / channels / shape[1]), Math.floor(i / channels) % shape[1], i % channels];
    let [largest, sum, count] = [-Infinity, 0, 0];
    for (let y = Math.max(0, row * strides[0] - top); y < Math.min(height, row * strides[0] - top + size[0]); y++) {
      for (let x = Math.max(0, column * strides[1] - left); x < Math.min(width, column * strides[1] - left + size[1]); x++) {
        const value = input.data[(y * width + x) * channels + channel];
        largest = Math.max(largest, value);
        sum += value;
        count += 1;
      }
    }
    return isLargest ? largest : sum / count;
  });
};

/** To which group each number belongs when some axes are gone through within a group. */
function groups({ shape }: EvaluatedValue, axes: readonly number[]): { readonly of: Int32Array; readonly count: number } {
  const kept = shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
  return { of: positions(shape, broadcastStrides(kept, shape)), count: shapeSize(kept) };
}

function membersOf(input: EvaluatedValue, axes: readonly number[]): { readonly of: Int32Array; readonly members: readonly number[][] } {
  const { of, count } = groups(input, axes);
  const members = Array.from({ length: count }, (): number[] => []);
  of.forEach((group, i) => members[group].push(input.data[i]));
  return { of, members };
}

export const evaluateReduce: Evaluation<Reduce> = ({ how, axes }, [input]) => Float64Array.from(membersOf(input, axes).members, COMBINE[how]);

export const evaluateStandardise: Evaluation<Standardise> = ({ axes, epsilon }, [input]) => {
  const { of, members } = membersOf(input, axes);
  const moments = members.map((numbers) => {
    const mean = COMBINE.mean(numbers);
    return [mean, 1 / Math.sqrt(COMBINE.mean(numbers.map((number) => (number - mean) ** 2)) + epsilon)] as const;
  });
  return Float64Array.from(input.data, (value, i) => (value - moments[of[i]][0]) * moments[of[i]][1]);
};

export const evaluateSoftmax: Evaluation<Softmax> = (_, [input]) => {
  const { of, members } = membersOf(input, [input.shape.length - 1]);
  const largest = members.map(COMBINE.max);
  const powers = Float64Array.from(input.data, (value, i) => Math.exp(value - largest[of[i]]));
  const sums = new Float64Array(members.length);
  powers.forEach((power, i) => { sums[of[i]] += power; });
  return powers.map((power, i) => power / sums[of[i]]);
};
