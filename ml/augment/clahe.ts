import type { PixelAugmentation } from './augmentation.js';

const LEVELS = 256;
const ROUNDING = 1.5 * 2 ** 52;

/**
 * Contrast-limited adaptive histogram equalisation: each of grid x grid tiles gets the table that would spread its own
 * values evenly, with no value counted more than `clip` times its even share (at least once); a pixel takes the mean of the
 * four nearest tiles' tables, weighted by nearness. `blend` goes from the image (0) to the equalised one (1). No draw: the
 * same image gives the same result. Equal to OpenCV's `createCLAHE(clip, (grid, grid))`, which clips and rounds alike.
 * Source: Zuiderveld, Contrast Limited Adaptive Histogram Equalization, Graphics Gems IV, 1994.
 *
 * A digit's tile holds some 50 pixels: a clip over 40 no longer limits anything and lifts the scanner's dirt to full
 * ink, which draws strokes that nobody wrote.
 */
export const clahe: PixelAugmentation<'clip' | 'grid' | 'blend'> = {
  kind: 'clahe',
  stage: 'pixels',
  parameters: {
    clip: { default: 2, safe: [1, 40], possible: [0.01, 256], because: 'faint dirt is lifted to full ink and draws strokes that nobody wrote' },
    grid: { default: 4, safe: [1, 8], possible: [1, 14], whole: true, because: 'tiles of fewer than 9 pixels turn every edge into full ink' },
    blend: { default: 1, safe: [0, 1], possible: [0, 1], because: 'more than the whole equalised image there is not' },
  },
  identity: { blend: 0 },

  prepare({ clip, grid, blend }, side) {
    const missing = (grid - (side % grid)) % grid;
    const tile = (side + missing) / grid;
    const size = tile * tile;
    const limit = Math.max(1, Math.floor((clip * size) / LEVELS));
    const inside = mirrored(side, side + missing);
    const scale = Math.fround((LEVELS - 1) / size);
    const spread = Uint8Array.from({ length: size + 1 }, (_, sum) => roundToEven(Math.fround(sum * scale)));
    const { first, second, weight } = neighbours(side, tile, grid);
    const counts = new Int32Array(LEVELS);
    const tables = new Uint8Array(grid * grid * LEVELS);
    const blank = new Uint8Array(LEVELS); // the table of a tile without ink: half of a digit's tiles have none
    counts[0] = Math.min(limit, size);
    writeTable(size - counts[0], 0);
    blank.set(tables.subarray(0, LEVELS));

    function fillTable(pixels: Uint8Array, top: number, left: number, table: number): void {
      let clipped = 0;
      let ink = 0;
      for (let y = top; y < top + tile; y++) {
        const row = inside[y] * side;
        for (let x = left; x < left + tile; x++) {
          const value = pixels[row + inside[x]];
          ink |= value;
          if (counts[value] < limit) counts[value]++;
          else clipped++;
        }
      }
      if (ink === 0) {
        counts[0] = 0;
        tables.set(blank, table);
      } else {
        writeTable(clipped, table);
      }
    }

    /** The table of what `counts` holds, with what was clipped spread over all levels; leaves the counts at zero. */
    function writeTable(clipped: number, table: number): void {
      const each = Math.floor(clipped / LEVELS);
      let rest = clipped % LEVELS;
      const step = Math.max(1, Math.floor(LEVELS / Math.max(1, rest)));
      for (let value = 0; rest > 0; value += step, rest--) counts[value]++;
      for (let value = 0, sum = 0; value < LEVELS; value++) {
        sum += counts[value] + each;
        tables[table + value] = spread[sum];
        counts[value] = 0;
      }
    }

    return (_random, pixels) => {
      if (blend === 0) return;
      for (let row = 0, table = 0; row < grid; row++) {
        for (let column = 0; column < grid; column++, table += LEVELS) fillTable(pixels, row * tile, column * tile, table);
      }
      for (let y = 0, i = 0; y < side; y++) {
        const upper = first[y] * grid * LEVELS;
        const lower = second[y] * grid * LEVELS;
        const down = weight[y];
        const up = Math.fround(1 - down);
        for (let x = 0; x < side; x++, i++) {
          const value = pixels[i];
          const left = first[x] * LEVELS + value;
          const right = second[x] * LEVELS + value;
          const toRight = weight[x];
          const toLeft = Math.fround(1 - toRight);
          // single precision throughout, as OpenCV computes: sums that end in a half are rounded to the same side
          const above = Math.fround(Math.fround(tables[upper + left] * toLeft) + Math.fround(tables[upper + right] * toRight));
          const below = Math.fround(Math.fround(tables[lower + left] * toLeft) + Math.fround(tables[lower + right] * toRight));
          const equalised = roundToEven(Math.fround(Math.fround(above * up) + Math.fround(below * down)));
          pixels[i] = blend === 1 ? equalised : Math.round(value + blend * (equalised - value));
        }
      }
    };
  },
};

/** Rows of the image for rows of the padded image, mirrored about the last pixel. */
function mirrored(side: number, padded: number): Int32Array {
  return Int32Array.from({ length: padded }, (_, i) => (i < side ? i : 2 * side - 2 - i));
}

/** For every row (and column): the tiles whose centres lie before and after it, and how near it is to the second. */
function neighbours(side: number, tile: number, grid: number): { first: Int32Array; second: Int32Array; weight: Float32Array } {
  const inverse = Math.fround(1 / tile);
  const places = Float32Array.from({ length: side }, (_, i) => Math.fround(Math.fround(i * inverse) - 0.5));
  return {
    first: Int32Array.from(places, (place) => Math.max(0, Math.floor(place))),
    second: Int32Array.from(places, (place) => Math.min(grid - 1, Math.floor(place) + 1)),
    weight: places.map((place) => place - Math.floor(place)),
  };
}

/** To the nearest whole number, a half to the even one: a sum this large has no room for a fraction. */
function roundToEven(value: number): number {
  return value + ROUNDING - ROUNDING;
}
