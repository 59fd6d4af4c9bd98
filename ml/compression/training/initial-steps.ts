import { codeOf, SMALLEST_STEP } from '../../graph/transforms/code-grid.js';
import type { CodeGrid } from '../../graph/transforms/code-grid.js';

const PARTS = 40;

/** For each channel (number i belongs to channel i mod `channels`) the step, among parts of the largest absolute value's, with the least squared error. */
export function initialSteps(values: ArrayLike<number>, channels: number, grid: CodeGrid): Float32Array {
  return Float32Array.from({ length: channels }, (_, channel) => {
    const members: number[] = [];
    for (let i = channel; i < values.length; i += channels) members.push(values[i]);
    const whole = Math.max(SMALLEST_STEP, ...members.map(Math.abs)) / grid.high;
    let [best, least] = [whole, Infinity];
    for (let part = PARTS; part >= 1; part--) {
      const step = (whole * part) / PARTS;
      const error = members.reduce((sum, value) => sum + (value - codeOf(value, step, grid) * step) ** 2, 0);
      if (error < least) [best, least] = [step, error];
    }
    return best;
  });
}
