/** The whole number at a place in UBJSON, its mark first: [bytes it takes, its value]; [0, 0] where there is none. */
export function integerAt(bytes: Buffer, at: number): [number, number] {
  switch (String.fromCharCode(bytes[at] ?? 0)) {
    case 'i':
      return [2, bytes.readInt8(at + 1)];
    case 'U':
      return [2, bytes.readUInt8(at + 1)];
    case 'I':
      return [3, bytes.readInt16BE(at + 1)];
    case 'l':
      return [5, bytes.readInt32BE(at + 1)];
    case 'L':
      return [9, Number(bytes.readBigInt64BE(at + 1))];
    default:
      return [0, 0];
  }
}
