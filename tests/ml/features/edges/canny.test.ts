import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../../ml/data/npz.js';
import { createEdgeFinder } from '../../../../ml/features/edges/canny.js';
import { extractEdges } from '../../../../ml/features/edges/extract-edges.js';
import type { GrayImage } from '../../../../ml/features/family.js';
import { mnistSubset } from '../../../support/digits.js';
import { drawn } from '../../../support/picture.js';

const GOLDEN = new URL('../../../../../tests/support/golden/keypoints.npz', import.meta.url);

/** The edge map of one image. */
function edgesOf({ width, height, pixels }: GrayImage): Uint8Array {
  return extractEdges({ rows: 1, width, height, pixels });
}

describe('edge maps', () => {
  it('equal OpenCV\'s Canny byte for byte, of digits and of noise up to the border', () => {
    const { noise, edges } = decodeNpz(readFileSync(GOLDEN)).arrays;
    const { x } = mnistSubset({ split: 'test', from: 0, to: 64 });
    const pixels = Uint8Array.of(...x.data, ...noise?.data as Uint8Array);
    assert.deepEqual(extractEdges({ rows: 72, width: 28, height: 28, pixels }), edges?.data);
  });

  it('of a filled square are a closed line along its border, one pixel wide', () => {
    const edges = edgesOf(drawn((x, y) => (x >= 8 && x < 20 && y >= 8 && y < 20 ? 255 : 0)));
    const row = (y: number): number[] => [...edges.subarray(y * 28, (y + 1) * 28)].flatMap((value, x) => (value === 255 ? [x] : []));
    assert.deepEqual(row(14).length, 2);
    assert.ok(Math.abs((row(14)[0] ?? NaN) - 7.5) < 1 && Math.abs((row(14)[1] ?? NaN) - 19.5) < 1);
    assert.deepEqual(row(2), []);
  });

  it('keep a weak edge only where it goes on from a strong one', () => {
    const fading = drawn((x, y) => (x < 14 ? 0 : 20 + y * 8)); // the step grows from 20 to 236
    const faint = drawn((x) => (x < 14 ? 0 : 60)); // Sobel length 119 after the blur, everywhere
    assert.ok(edgesOf(faint).every((value) => value === 0));
    const lowest = edgesOf(fading).findIndex((value) => value === 255);
    assert.ok(lowest >= 0 && 20 + Math.floor(lowest / 28) * 8 < 90, `the line begins at row ${Math.floor(lowest / 28)}`);
  });

  it('do not depend on the image before, nor on the place where they are written', () => {
    const { x } = mnistSubset({ split: 'test', from: 0, to: 2 });
    const [one, two] = [x.data.slice(0, 784), x.data.slice(784)];
    const finder = createEdgeFinder(28, 28);
    const out = new Uint8Array(784 + 5).fill(7);
    finder.find({ width: 28, height: 28, pixels: one }, out, 5);
    finder.find({ width: 28, height: 28, pixels: two }, out, 5);
    assert.deepEqual(out.subarray(5), edgesOf({ width: 28, height: 28, pixels: two }));
    assert.deepEqual([...out.subarray(0, 5)], [7, 7, 7, 7, 7]);
  });

  it('are found in an image of a single row, which has none', () => {
    assert.deepEqual(edgesOf({ width: 4, height: 1, pixels: Uint8Array.of(0, 0, 9, 9) }), new Uint8Array(4));
  });
});
