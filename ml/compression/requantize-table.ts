import { INT8_MAX, INT8_MIN } from './affine-quantization.js';
import type { AffineQuantization } from './affine-quantization.js';
import { REQUANTIZE, TILE_CHANNELS } from './int8-kernels.js';

/** How accumulators become int8 again, for one layer. */
export interface Requantization {
  readonly bias: Int32Array;
  /** inputScale * weightScale / outputScale of each channel. */
  readonly multipliers: Float32Array;
  readonly output: AffineQuantization;
  readonly activation: 'linear' | 'relu';
}

/** The table that the `multiply` kernel reads: one block for each TILE_CHANNELS channels. Channels that fill up the last give zero. */
export function requantizeTable({ bias, multipliers, output, activation }: Requantization): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(Math.ceil(bias.length / TILE_CHANNELS) * REQUANTIZE.bytes);
  const view = new DataView(table.buffer);
  for (let channel = 0; channel < bias.length; channel++) {
    const block = Math.floor(channel / TILE_CHANNELS) * REQUANTIZE.bytes;
    const place = channel % TILE_CHANNELS;
    view.setInt32(block + REQUANTIZE.bias + place * 4, bias[channel], true);
    view.setFloat32(block + REQUANTIZE.scale + place * 4, multipliers[channel], true);
    view.setInt16(block + REQUANTIZE.min + place * 2, activation === 'relu' ? 0 : INT8_MIN - output.zeroPoint, true);
    view.setInt16(block + REQUANTIZE.max + place * 2, INT8_MAX - output.zeroPoint, true);
  }
  return table;
}
