/** Signed codes of `bits` bits each, one after the other from the lowest bit of the first byte on, each plus 2^(bits - 1). */
export function packCodes(codes: Int8Array, bits: number): Uint8Array {
  const packed = new Uint8Array(Math.ceil((codes.length * bits) / 8));
  codes.forEach((code, index) => {
    const stored = code + 2 ** (bits - 1);
    for (let bit = 0; bit < bits; bit++) {
      const at = index * bits + bit;
      packed[at >> 3] |= ((stored >> bit) & 1) << (at & 7);
    }
  });
  return packed;
}
