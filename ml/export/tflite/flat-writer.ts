import { Builder } from 'flatbuffers';
import type { Fields } from './schema.js';

const BUFFER_ALIGNMENT = 16; // force_align of Buffer.data in the schema: kernels map weights in place

/** Writes tables and vectors from the tables of fields in schema.ts, on top of the flatbuffers library. Offsets are plain numbers. */
export class FlatWriter {
  private readonly builder: Builder;

  constructor(initialBytes: number) {
    this.builder = new Builder(initialBytes);
  }

  /** A table with the given fields; a field that is not given is left out. Offsets must have been written before. */
  table<F extends Fields>(fields: F, values: { readonly [K in keyof F]?: number }): number {
    this.builder.startObject(1 + Math.max(...Object.values(fields).map(([slot]) => slot)));
    for (const [name, [slot, type, absent = 0]] of Object.entries(fields)) {
      const value = values[name];
      if (value === undefined) continue;
      if (type === 'offset') this.builder.addFieldOffset(slot, value, 0);
      else if (type === 'float32') this.builder.addFieldFloat32(slot, value, absent);
      else if (type === 'int32' || type === 'uint32') this.builder.addFieldInt32(slot, value, absent);
      else this.builder.addFieldInt8(slot, value, absent);
    }
    return this.builder.endObject();
  }

  string(text: string): number {
    return this.builder.createString(text);
  }

  /** A vector of bytes, aligned for in-place use. */
  bytes(data: Uint8Array): number {
    this.builder.prep(BUFFER_ALIGNMENT, data.length);
    return this.builder.createByteVector(data);
  }

  int32s(values: ArrayLike<number>): number {
    this.builder.startVector(4, values.length, 4);
    for (let i = values.length - 1; i >= 0; i--) this.builder.addInt32(values[i]);
    return this.builder.endVector();
  }

  int64s(values: ArrayLike<number>): number {
    this.builder.startVector(8, values.length, 8);
    for (let i = values.length - 1; i >= 0; i--) this.builder.addInt64(BigInt(values[i]));
    return this.builder.endVector();
  }

  float32s(values: ArrayLike<number>): number {
    this.builder.startVector(4, values.length, 4);
    for (let i = values.length - 1; i >= 0; i--) this.builder.addFloat32(values[i]);
    return this.builder.endVector();
  }

  /** A vector of offsets (to tables or strings). */
  offsets(values: readonly number[]): number {
    this.builder.startVector(4, values.length, 4);
    for (let i = values.length - 1; i >= 0; i--) this.builder.addOffset(values[i]);
    return this.builder.endVector();
  }

  /** Ends the file with its root table. */
  finish(root: number, fileIdentifier: string): Uint8Array {
    this.builder.finish(root, fileIdentifier);
    return this.builder.asUint8Array().slice();
  }
}
