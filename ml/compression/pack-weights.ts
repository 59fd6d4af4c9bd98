import { TILE_CHANNELS } from './int8-kernels.js';
import { roundUp } from './int8-layout.js';

/** Values in a step of the `multiply` kernel. */
const QUAD = 4;

/** Weights as the `multiply` kernel reads them, and how many quads of values make a run. */
export interface PackedWeights {
  readonly data: Int16Array<ArrayBuffer>;
  readonly quads: number;
}

/**
 * Packs int8 weights [outputs, rows, positions, channels] for the `multiply` kernel: blocks of 8 outputs, in each
 * [row][pair of values][output][value of the pair]. Runs are filled up to whole quads, positions to `stride` values.
 */
export function packWeights(weights: Int8Array, outputs: number, rows: number, positions: number, channels: number, stride: number): PackedWeights {
  const quads = Math.ceil((positions * stride) / QUAD);
  const runValues = quads * QUAD;
  const data = new Int16Array(roundUp(outputs, TILE_CHANNELS) * rows * runValues);
  let from = 0;
  for (let output = 0; output < outputs; output++) {
    const block = Math.floor(output / TILE_CHANNELS) * TILE_CHANNELS * rows * runValues + (output % TILE_CHANNELS) * 2;
    for (let row = 0; row < rows; row++) {
      for (let position = 0; position < positions; position++) {
        for (let channel = 0; channel < channels; channel++) {
          const value = position * stride + channel;
          data[block + (row * runValues + (value & ~1)) * TILE_CHANNELS + (value & 1)] = weights[from++];
        }
      }
    }
  }
  return { data, quads };
}
