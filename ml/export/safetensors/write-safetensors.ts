import { InvalidModelError } from '../../../shared/errors.js';
import type { NamedWeight } from '../../graph/inference-graph.js';
import { shapeSize } from '../../shape-size.js';

/**
 * Weights as a safetensors file (https://github.com/huggingface/safetensors, "Format"): the header's length as u64, little endian; the
 * header, JSON padded by spaces to a multiple of 8 bytes; the numbers, row-major, one tensor after the other without gaps.
 * @param weights float32, named `<layer>/<weight>`.
 * @throws InvalidModelError for two weights of one name, the reserved name `__metadata__`, and numbers that do not fill a shape.
 */
export function writeSafetensors(weights: readonly NamedWeight[], metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header = new Map<string, unknown>([['__metadata__', metadata]]);
  for (const { name, shape, data } of weights) {
    if (header.has(name)) throw new InvalidModelError(`Weight ${name} cannot be written ${name === '__metadata__' ? 'under this reserved name' : 'twice'}: give each weight a name of its own.`);
    if (data.length !== shapeSize(shape)) throw new InvalidModelError(`Weight ${name} has ${data.length} numbers: expected ${shapeSize(shape)} for [${shape.join(', ')}].`);
    header.set(name, { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] });
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of weights) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
