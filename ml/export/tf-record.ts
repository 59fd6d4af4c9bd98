import { Crc32c } from '@aws-sdk/checksums/crc';

const MASK_DELTA = 0xa282ead8;

/**
 * Records in TensorFlow's TFRecord framing, one after the other: length (uint64), its checksum, data, its checksum, all
 * little-endian; checksums are CRC-32C, masked (tensorflow/core/lib/hash/crc32c.h), since data may hold checksums itself.
 */
export async function encodeTfRecords(records: readonly Uint8Array[]): Promise<Uint8Array> {
  const file = new Uint8Array(records.reduce((sum, { length }) => sum + 16 + length, 0));
  const view = new DataView(file.buffer);
  let at = 0;
  for (const record of records) {
    view.setBigUint64(at, BigInt(record.length), true);
    view.setUint32(at + 8, await maskedChecksum(file.subarray(at, at + 8)), true);
    file.set(record, at + 12);
    view.setUint32(at + 12 + record.length, await maskedChecksum(record), true);
    at += 16 + record.length;
  }
  return file;
}

async function maskedChecksum(data: Uint8Array): Promise<number> {
  const crc32c = new Crc32c();
  crc32c.update(data);
  const digest = await crc32c.digest();
  const checksum = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  return (((checksum >>> 15) | (checksum << 17)) + MASK_DELTA) >>> 0;
}
