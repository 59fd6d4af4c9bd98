/** Where the ink lies, in pixels; see measures.ts. */
export interface Place {
  centreX: number;
  centreY: number;
  spread: number;
  boxWidth: number;
  boxHeight: number;
  frameInk: number;
}

const found: Place = { centreX: 0, centreY: 0, spread: 0, boxWidth: 0, boxHeight: 0, frameInk: 0 };

/** Centre, spread and bounding box of the brightness, and what lies on the frame; zeros for a black image. The answer is valid until the next call. */
export function placeOf(image: Uint8Array, offset: number, { width, height }: { readonly width: number; readonly height: number }): Place {
  let mass = 0, massX = 0, massY = 0, squares = 0, frame = 0;
  let left = width, right = -1, top = -1, bottom = -1;
  for (let y = 0, at = offset; y < height; y++) {
    let row = 0, rowX = 0, rowXX = 0;
    for (let x = 0; x < width; x++, at++) {
      const value = image[at];
      if (value === 0) continue;
      row += value;
      rowX += value * x;
      rowXX += value * x * x;
      if (x < left) left = x;
      if (x > right) right = x;
    }
    if (row === 0) continue;
    if (top < 0) top = y;
    bottom = y;
    mass += row;
    massX += rowX;
    massY += row * y;
    squares += rowXX + row * y * y;
    frame += y === 0 || y === height - 1 ? row : image[at - 1] + (width > 1 ? image[at - width] : 0);
  }
  const x = mass === 0 ? 0 : massX / mass, y = mass === 0 ? 0 : massY / mass;
  found.centreX = mass === 0 ? 0 : x - (width - 1) / 2;
  found.centreY = mass === 0 ? 0 : y - (height - 1) / 2;
  found.spread = mass === 0 ? 0 : Math.sqrt(Math.max(0, squares / mass - x * x - y * y));
  found.boxWidth = Math.max(0, right - left + 1);
  found.boxHeight = top < 0 ? 0 : bottom - top + 1;
  found.frameInk = frame / 255;
  return found;
}
