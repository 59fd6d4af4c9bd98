/** Of what the ink consists; see measures.ts. */
export interface Parts {
  inkGap: number;
  largestPart: number;
  strayLight: number;
}

const found: Parts = { inkGap: 0, largestPart: 0, strayLight: 0 };
let mask = new Uint8Array(0); // 1 ink not seen yet, 2 ink seen, 0 ground; a frame of 0 around
let stack = new Int32Array(0);

/**
 * Parts of the ink (what is brighter than half-way between `darkest` and `brightest`) and light outside it; zeros for a flat image.
 * The answer is valid until the next call.
 */
export function partsOf(image: Uint8Array, offset: number, size: { readonly width: number; readonly height: number }, darkest: number, brightest: number): Parts {
  const { width, height } = size;
  const stride = width + 2;
  if (mask.length !== stride * (height + 2)) [mask, stack] = [new Uint8Array(stride * (height + 2)), new Int32Array(width * height)];
  const middle = (darkest + brightest) / 2;
  let area = 0, inkLight = 0, light = 0;
  for (let y = 0, from = offset; y < height; y++) {
    for (let to = (y + 1) * stride + 1, end = to + width; to < end; to++) {
      const value = image[from++];
      light += value;
      if (value > middle) {
        mask[to] = 1;
        area++;
        inkLight += value;
      } else mask[to] = 0;
    }
  }
  if (area === 0) {
    found.inkGap = found.largestPart = found.strayLight = 0;
    return found;
  }
  let stray = 0, largest = 0;
  for (let y = 0, from = offset; y < height; y++) {
    for (let at = (y + 1) * stride + 1, end = at + width; at < end; at++, from++) {
      if (mask[at] === 1) largest = Math.max(largest, flood(at, stride));
      else if (image[from] !== 0 && mask[at] === 0 && !touchesInk(at, stride)) stray += image[from] * image[from];
    }
  }
  const pixels = width * height;
  found.inkGap = (inkLight / area - (light - inkLight) / (pixels - area)) / 255;
  found.largestPart = largest / area;
  found.strayLight = Math.sqrt(stray / pixels) / 255;
  return found;
}

function touchesInk(at: number, stride: number): boolean {
  const above = at - stride, below = at + stride;
  return (mask[at - 1] | mask[at + 1] | mask[above - 1] | mask[above] | mask[above + 1] | mask[below - 1] | mask[below] | mask[below + 1]) !== 0;
}

/** Marks an 8-connected part as seen. @returns its pixels. */
function flood(start: number, stride: number): number {
  let length = 1, area = 0;
  mask[start] = 2;
  stack[0] = start;
  while (length > 0) {
    const at = stack[--length];
    area++;
    for (let row = at - stride; row <= at + stride; row += stride) {
      if (mask[row - 1] === 1) { mask[row - 1] = 2; stack[length++] = row - 1; }
      if (mask[row] === 1) { mask[row] = 2; stack[length++] = row; }
      if (mask[row + 1] === 1) { mask[row + 1] = 2; stack[length++] = row + 1; }
    }
  }
  return area;
}
