import { InvalidDataError } from '../../../shared/errors.js';

/** Writes numbers of few bits one after the other, the highest bit first. */
export class BitWriter {
  private readonly bytes: number[] = [];
  /** Bits written. */
  length = 0;

  /** @param bits 0 to 32; the value's lower ones are written. */
  write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      if (this.length % 8 === 0) this.bytes.push(0);
      if ((value >>> bit) & 1) this.bytes[this.bytes.length - 1] |= 128 >> this.length % 8;
      this.length += 1;
    }
  }

  /** What was written, filled up with zeros to whole bytes. */
  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.bytes);
  }
}

/** Reads what a BitWriter wrote. */
export class BitReader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** @throws InvalidDataError when fewer bits are left. */
  read(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++, this.at++) {
      const byte = this.bytes[this.at >>> 3];
      if (byte === undefined) throw new InvalidDataError(`coded numbers: ${this.bytes.length} bytes end too early: they are cut.`);
      value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }
}
