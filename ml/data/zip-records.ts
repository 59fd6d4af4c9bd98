/** An entry of a zip that is stored, not compressed. */
export interface StoredEntry {
  /** Path in the zip, in ASCII. */
  readonly path: string;
  /** CRC-32 of its bytes. */
  readonly crc: number;
  /** Length in bytes. */
  readonly size: number;
}

/** An entry and where its local header begins. */
export interface PlacedEntry extends StoredEntry {
  readonly offset: number;
}

const FULL = 0xffff_ffff; // says "look into the ZIP64 record", as 0xffff does for a count
const DATE = 0x0021; // 1 January 1980: the same bytes at every time
const [VERSION, VERSION_64] = [20, 45];

/**
 * The header before the bytes of a stored entry (PKWARE's APPNOTE 6.3.10, section 4.3.7), with a ZIP64 field where the size needs
 * one. Its length depends on the path and the size only: the checksum may be filled in later.
 */
export function localHeader({ path, crc, size }: StoredEntry): Uint8Array {
  const wide = size >= FULL;
  const fields = wide ? [size, size] : [];
  return record((write) => {
    write(0x0403_4b50, 4);
    common(write, { path, crc, size }, wide, fields.length);
    text(write, path);
    extra(write, fields);
  });
}

/** The end of a zip: its central directory (sections 4.3.12 and 4.3.14 to 4.3.16), to be placed at `offset`. */
export function centralDirectory(entries: readonly PlacedEntry[], offset: number): Uint8Array {
  return record((write) => {
    let size = 0;
    for (const entry of entries) {
      const fields = [...(entry.size >= FULL ? [entry.size, entry.size] : []), ...(entry.offset >= FULL ? [entry.offset] : [])];
      write(0x0201_4b50, 4);
      write(fields.length > 0 ? VERSION_64 : VERSION, 2);
      common(write, entry, fields.length > 0, fields.length);
      for (const bytes of [2, 2, 2, 4]) write(0, bytes); // comment, disk, attributes
      write(Math.min(entry.offset, FULL), 4);
      text(write, entry.path);
      extra(write, fields);
      size += 46 + entry.path.length + extraLength(fields.length);
    }
    if (offset + size >= FULL || entries.length >= 0xffff) {
      write(0x0606_4b50, 4);
      write(44, 8);
      for (const version of [VERSION_64, VERSION_64]) write(version, 2);
      for (const disk of [0, 0]) write(disk, 4);
      for (const count of [entries.length, entries.length, size, offset]) write(count, 8);
      write(0x0706_4b50, 4);
      write(0, 4);
      write(offset + size, 8);
      write(1, 4);
    }
    write(0x0605_4b50, 4);
    for (const disk of [0, 0]) write(disk, 2);
    for (const count of [entries.length, entries.length]) write(Math.min(count, 0xffff), 2);
    write(size, 4);
    write(Math.min(offset, FULL), 4);
    write(0, 2);
  });
}

/** Writes a whole number in so many bytes, little-endian. */
type Write = (value: number, bytes: number) => void;

function common(write: Write, { path, crc, size }: StoredEntry, wide: boolean, fields: number): void {
  for (const value of [wide ? VERSION_64 : VERSION, 0, 0, 0, DATE]) write(value, 2); // no flags, stored, no time
  for (const value of [crc, Math.min(size, FULL), Math.min(size, FULL)]) write(value, 4);
  write(path.length, 2);
  write(extraLength(fields), 2);
}

function text(write: Write, path: string): void {
  for (const letter of path) write(letter.charCodeAt(0), 1);
}

function extra(write: Write, fields: readonly number[]): void {
  if (fields.length === 0) return;
  write(1, 2);
  write(8 * fields.length, 2);
  for (const field of fields) write(field, 8);
}

function extraLength(fields: number): number {
  return fields === 0 ? 0 : 4 + 8 * fields;
}

function record(fill: (write: Write) => void): Uint8Array {
  const bytes: number[] = [];
  fill((value, length) => {
    for (let i = 0; i < length; i++) bytes.push(Math.floor(value / 256 ** i) % 256);
  });
  return Uint8Array.from(bytes);
}
