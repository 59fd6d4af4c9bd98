import { ByteBuffer } from 'flatbuffers';
import { InvalidModelError } from '../../../shared/errors.js';
import type { Field, Fields } from './schema.js';

/** A table inside a flatbuffer, read by the tables of fields in schema.ts. Absent scalars read as their defaults, absent vectors as empty. */
export class FlatTable<F extends Fields> {
  private readonly buffer: ByteBuffer;
  private readonly position: number;
  private readonly fields: F;

  private constructor(buffer: ByteBuffer, position: number, fields: F) {
    this.buffer = buffer;
    this.position = position;
    this.fields = fields;
    this.checkEnd('table', position + 4);
    const vtable = position - buffer.readInt32(position);
    this.checkEnd('table', vtable + 4);
    this.checkEnd('table', vtable + buffer.readUint16(vtable));
    this.checkEnd('table', position + buffer.readUint16(vtable + 2));
  }

  /** @throws InvalidModelError when the bytes do not carry `fileIdentifier`. */
  static root<F extends Fields>(bytes: Uint8Array, fields: F, fileIdentifier: string): FlatTable<F> {
    const buffer = new ByteBuffer(bytes);
    if (bytes.length < 8 || !buffer.__has_identifier(fileIdentifier)) {
      throw new InvalidModelError(`Not a ${fileIdentifier} file: ${bytes.length} bytes without that mark at byte 4. Write it with writeTflite.`);
    }
    return new FlatTable(buffer, buffer.readInt32(0), fields);
  }

  number(name: keyof F & string): number {
    const [, type, absent = 0] = this.field(name);
    const at = this.find(name);
    if (at === 0) return absent;
    switch (type) {
      case 'int8':
        return this.buffer.readInt8(at);
      case 'bool':
      case 'uint8':
        return this.buffer.readUint8(at);
      case 'int32':
        return this.buffer.readInt32(at);
      case 'float32':
        return this.buffer.readFloat32(at);
      case 'uint32':
      case 'offset':
        return this.buffer.readUint32(at);
    }
  }

  string(name: keyof F & string): string {
    return new TextDecoder().decode(this.bytes(name));
  }

  has(name: keyof F & string): boolean {
    return this.find(name) !== 0;
  }

  /** A child table. @throws InvalidModelError when it is absent. */
  table<G extends Fields>(name: keyof F & string, fields: G): FlatTable<G> {
    const at = this.find(name);
    if (at === 0) throw new InvalidModelError(`The table '${name}' is missing from the file.`);
    return new FlatTable(this.buffer, this.buffer.__indirect(at), fields);
  }

  tables<G extends Fields>(name: keyof F & string, fields: G): FlatTable<G>[] {
    return this.vector(name, (at) => new FlatTable(this.buffer, this.buffer.__indirect(at), fields), 4);
  }

  int32s(name: keyof F & string): number[] {
    return this.vector(name, (at) => this.buffer.readInt32(at), 4);
  }

  int64s(name: keyof F & string): number[] {
    return this.vector(name, (at) => Number(this.buffer.readInt64(at)), 8);
  }

  float32s(name: keyof F & string): number[] {
    return this.vector(name, (at) => this.buffer.readFloat32(at), 4);
  }

  /** A copy of a vector of bytes. */
  bytes(name: keyof F & string): Uint8Array {
    const at = this.find(name);
    if (at === 0) return new Uint8Array();
    const { start, length } = this.extent(name, at, 1);
    return new Uint8Array(this.buffer.bytes().subarray(start, start + length)); // a Buffer's slice would not copy
  }

  private vector<T>(name: keyof F & string, read: (at: number) => T, size: number): T[] {
    const at = this.find(name);
    if (at === 0) return [];
    const { start, length } = this.extent(name, at, size);
    return Array.from({ length }, (_, i) => read(start + i * size));
  }

  /** A vector's first byte and its number of elements. */
  private extent(name: string, at: number, size: number): { start: number; length: number } {
    const start = this.buffer.__vector(at);
    this.checkEnd(name, start);
    const length = this.buffer.__vector_len(at);
    this.checkEnd(name, start + length * size);
    return { start, length };
  }

  /** The library reads zeros beyond the end: a cut file must not pass for a smaller one. */
  private checkEnd(name: string, end: number): void {
    const { length } = this.buffer.bytes();
    if (end < 4 || end > length) {
      throw new InvalidModelError(`Truncated file: '${name}' ends at byte ${end}, but there are only ${length}.`);
    }
  }

  private field(name: string): Field {
    return this.fields[name];
  }

  /** Where the field's value is, or 0. */
  private find(name: string): number {
    const offset = this.buffer.__offset(this.position, 4 + 2 * this.field(name)[0]);
    return offset === 0 ? 0 : this.position + offset;
  }
}
