import { InvalidModelError } from '../../../shared/errors.js';
import type { ExportMetadata } from '../export-metadata.js';

const OBJECT = 0x7b; // {
const KEY = Buffer.from('attributes{');

/**
 * A booster as XGBoost's published UBJSON (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html), the facts among its attributes:
 * `booster.attr('labels')`.
 * @param ubjson as the model's `save` gave it
 * @throws InvalidModelError when the bytes are no such booster.
 */
export function boosterWithFacts(ubjson: Uint8Array, facts: ExportMetadata): Uint8Array {
  const at = Buffer.from(ubjson.buffer, ubjson.byteOffset, ubjson.byteLength).indexOf(KEY);
  if (ubjson[0] !== OBJECT || at < 0) throw new InvalidModelError('Not an XGBoost model: expected UBJSON with an object `attributes`.');
  const start = at + KEY.length;
  const entries = Object.entries(facts).flatMap(([name, value]) => [text(name), Buffer.from('S'), text(value)]);
  return new Uint8Array(Buffer.concat([ubjson.subarray(0, start), ...entries, ubjson.subarray(start)]));
}

/** A length as `L` (int64, big-endian) and the bytes. */
function text(value: string): Uint8Array {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(9);
  length.write('L');
  length.writeBigInt64BE(BigInt(bytes.length), 1);
  return Buffer.concat([length, bytes]);
}
