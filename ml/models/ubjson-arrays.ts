import { integerAt } from './ubjson-integer.js';

const ARRAY = 0x5b; // [
const TYPE = 0x24; // $: one type of all elements follows
const COUNT = 0x23; // #

/**
 * Every array of numbers that stands under `key` in UBJSON, in the order of the file, found by scanning: reading a whole model
 * of trees takes longer than predicting with it. Of elements with one type it reads float32 (`d`) and int32 (`l`); of others
 * whole numbers. What else stands under the key is passed over.
 */
export function arraysNamed(key: string, ubjson: Uint8Array): number[][] {
  const bytes = Buffer.from(ubjson.buffer, ubjson.byteOffset, ubjson.byteLength);
  const name = Buffer.from(key);
  const arrays: number[][] = [];
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) {
    const array = arrayAt(bytes, at + name.length);
    if (array) arrays.push(array);
  }
  return arrays;
}

function arrayAt(bytes: Buffer, at: number): number[] | undefined {
  if (bytes[at] !== ARRAY) return undefined;
  const typed = bytes[at + 1] === TYPE;
  const type = typed ? String.fromCharCode(bytes[at + 2]) : undefined;
  const count = at + (typed ? 3 : 1);
  if (bytes[count] !== COUNT) return undefined;
  const [width, length] = integerAt(bytes, count + 1);
  const first = count + 1 + width;
  if (type === 'd') return Array.from({ length }, (_, i) => bytes.readFloatBE(first + 4 * i));
  if (type === 'l') return Array.from({ length }, (_, i) => bytes.readInt32BE(first + 4 * i));
  return typed ? undefined : integersAt(bytes, first, length);
}

function integersAt(bytes: Buffer, first: number, length: number): number[] {
  let at = first;
  return Array.from({ length }, () => {
    const [width, value] = integerAt(bytes, at);
    at += width;
    return value;
  });
}
