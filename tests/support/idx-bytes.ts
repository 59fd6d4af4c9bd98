/** The bytes of an IDX file: magic number, sides, elements. */
export function idxBytes(magic: number, sides: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sides.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic);
  sides.forEach((side, i) => view.setUint32(4 + 4 * i, side));
  bytes.set(data, 4 + 4 * sides.length);
  return bytes;
}

/** An IDX file of square images. */
export function idxImages(pixels: Uint8Array, side = 28): Uint8Array {
  return idxBytes(0x0803, [pixels.length / (side * side), side, side], pixels);
}

/** An IDX file of labels. */
export function idxLabels(labels: Uint8Array): Uint8Array {
  return idxBytes(0x0801, [labels.length], labels);
}
