import assert from 'node:assert/strict';
import { assembleInput } from '../../../ml/data/assemble-input.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { inputsFromPixels } from '../../../ml/features/inputs-from-pixels.js';
import { deskewed } from '../../../ml/image/deskewed.js';

const SHAPE = { width: 9, height: 9 };
/** A stroke of three pixels' width that leans by `slant` columns a row. */
const stroke = (slant: number): Uint8Array => {
  const pixels = new Uint8Array(81);
  for (let y = 1; y < 8; y++) for (let x = 3; x < 6; x++) pixels[y * 9 + x + Math.round(slant * (y - 4))] = 255;
  return pixels;
};
const rowsOf = (data: Uint8Array): { rows: number; columns: number; data: Uint8Array } => ({ rows: data.length / 81, columns: 81, data });

describe('deskewed images', () => {
  it('stand upright: a leaning stroke becomes the straight one', () => {
    const straight = deskewed(rowsOf(stroke(1)), SHAPE);
    assert.deepEqual([...straight], [...stroke(0)]);
  });

  it('stay as they are where nothing leans, or nothing is', () => {
    assert.deepEqual(deskewed(rowsOf(stroke(0)), SHAPE), stroke(0));
    assert.deepEqual(deskewed(rowsOf(new Uint8Array(81)), SHAPE), new Uint8Array(81));
  });

  it('are an input of models, the same from shards as from pixels', () => {
    const shards = [stroke(1), stroke(-1), stroke(0)].map((pixels) => encodeNpy(pixels, [1, 9, 9]));
    const assembled = assembleInput('deskewed', { images: shards });
    assert.deepEqual([assembled.rows, assembled.columns], [3, 81]);
    const all = rowsOf(Uint8Array.of(...stroke(1), ...stroke(-1), ...stroke(0)));
    const [upright, pixels] = inputsFromPixels(all, SHAPE, ['deskewed', 'pixels']);
    assert.deepEqual(assembled.data, upright?.data);
    assert.deepEqual([...assembled.data.subarray(81, 162)], [...stroke(0)]);
    assert.equal(pixels?.data, all.data);
  });
});
