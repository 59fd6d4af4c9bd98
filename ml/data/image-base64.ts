import type { Images } from './decode-images.js';

/** The pixels of one image as JSON artifacts carry them: base64 of width x height uint8. */
export function imageBase64({ pixels: { columns, data } }: Pick<Images, 'pixels'>, row: number): string {
  return Buffer.from(data.subarray(row * columns, (row + 1) * columns)).toString('base64');
}
