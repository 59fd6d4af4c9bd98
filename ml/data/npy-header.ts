/** The first bytes of every NPY file: \x93NUMPY. */
export const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const ALIGN = 64;
const GROWTH_DIGITS = 21; // numpy leaves room for the first axis to grow in place

/** The header of an NPY file, format 1.0, byte for byte as numpy writes it. @param descriptor as `<f4`. */
export function npyHeader(descriptor: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  let text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${sides}), }`;
  if (shape.length > 0) text += ' '.repeat(GROWTH_DIGITS - String(shape[0]).length);
  const unpadded = 10 + text.length + 1;
  text += ' '.repeat(ALIGN - (unpadded % ALIGN)) + '\n';
  const header = new Uint8Array(10 + text.length);
  header.set([...MAGIC, 1, 0, text.length & 255, text.length >> 8]);
  header.set(new TextEncoder().encode(text), 10);
  return header;
}
