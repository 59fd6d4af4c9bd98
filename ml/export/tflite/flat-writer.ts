import { Builder } from 'flatbuffers';
import type { Fields } from './schema.js';

const BUFFER_ALIGNMENT = 16; // force_align of Buffer.data in the schema: kernels map weights in place

/** Writes tables and vectors from the tables of fields in schema.ts, on top of the flatbuffers library. Offsets are plain numbers; equal tables, strings and vectors of numbers are written once. */
export class FlatWriter {
  private readonly builder: Builder;
  private readonly tables = new Map<Fields, Map<string, number>>();
  private readonly vectors = new Map<string, number>();

  constructor(initialBytes: number) {
    this.builder = new Builder(initialBytes);
  }

  /** A table with the given fields; a field that is not given is left out. Offsets must have been written before. */
  table<F extends Fields>(fields: F, values: { readonly [K in keyof F]?: number }): number {
    const known = this.tables.get(fields) ?? new Map<string, number>();
    this.tables.set(fields, known);
    const key = JSON.stringify(values);
    const offset = known.get(key) ?? this.writeTable(fields, values);
    known.set(key, offset);
    return offset;
  }

  private writeTable(fields: Fields, values: Readonly<Record<string, number | undefined>>): number {
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
    return this.builder.createSharedString(text);
  }

  /** A vector of bytes, aligned for in-place use. */
  bytes(data: Uint8Array): number {
    this.builder.prep(BUFFER_ALIGNMENT, data.length);
    return this.builder.createByteVector(data);
  }

  int32s(values: ArrayLike<number>): number {
    return this.vector('int32s', values, 4, (value) => this.builder.addInt32(value));
  }

  int64s(values: ArrayLike<number>): number {
    return this.vector('int64s', values, 8, (value) => this.builder.addInt64(BigInt(value)));
  }

  float32s(values: ArrayLike<number>): number {
    return this.vector('float32s', values, 4, (value) => this.builder.addFloat32(value));
  }

  /** A vector of offsets (to tables or strings). */
  offsets(values: readonly number[]): number {
    this.builder.startVector(4, values.length, 4);
    for (let i = values.length - 1; i >= 0; i--) this.builder.addOffset(values[i]);
    return this.builder.endVector();
  }

  private vector(type: string, values: ArrayLike<number>, bytes: number, add: (value: number) => void): number {
    const key = `${type} ${Array.from(values).join()}`;
    const found = this.vectors.get(key);
    if (found !== undefined) return found;
    this.builder.startVector(bytes, values.length, bytes);
    for (let i = values.length - 1; i >= 0; i--) add(values[i]);
    const offset = this.builder.endVector();
    this.vectors.set(key, offset);
    return offset;
  }

  /** Ends the file with its root table. */
  finish(root: number, fileIdentifier: string): Uint8Array {
    this.builder.finish(root, fileIdentifier);
    return this.builder.asUint8Array().slice();
  }
}
