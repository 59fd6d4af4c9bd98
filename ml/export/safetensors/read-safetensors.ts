import { InvalidModelError } from '../../../shared/errors.js';
import type { NamedWeight } from '../../graph/inference-graph.js';
import { shapeSize } from '../../shape-size.js';

/** What a safetensors file holds. */
export interface Safetensors {
  /** In the order of their numbers. */
  readonly weights: readonly NamedWeight[];
  readonly metadata: Readonly<Record<string, string>>;
}

interface TensorJson {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file of float32 tensors, `writeSafetensors`'s or another's.
 * @throws InvalidModelError for other element types, and for bytes that are no such file: cut, with gaps, or with shapes that do not fit.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const start = headerEnd(bytes);
  const { __metadata__: metadata = {}, ...entries } = parse(bytes.subarray(8, start));
  const tensors = Object.entries(entries).map(([name, entry]) => readEntry(name, entry)).sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== at) throw foreign(`${name} begins at byte ${begin} of the numbers, expected ${at}`);
    at = end;
  }
  if (start + at !== bytes.length) throw foreign(`${bytes.length} bytes, expected ${start + at}`);
  const weights = tensors.map(({ name, shape, begin, end }) => ({ name, shape, data: new Float32Array(Uint8Array.from(bytes.subarray(start + begin, start + end)).buffer) }));
  return { weights, metadata: readMetadata(metadata) };
}

function headerEnd(bytes: Uint8Array): number {
  if (bytes.length < 8) throw foreign(`${bytes.length} bytes, expected at least 8`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(bytes.length - 8)) throw foreign(`a header of ${length} bytes in a file of ${bytes.length}`);
  return 8 + Number(length);
}

function parse(header: Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch (error) {
    throw foreign('the header is no JSON', error);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw foreign('the header is no JSON object');
  return parsed as Record<string, unknown>;
}

function readEntry(name: string, entry: unknown): TensorJson {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as { readonly dtype?: unknown; readonly shape?: unknown; readonly data_offsets?: unknown };
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) throw foreign(`${name} has no shape and data_offsets of whole numbers`);
  if (dtype !== 'F32') throw new InvalidModelError(`${name} holds ${String(dtype)}: only float32 (F32) is read. Convert the file's tensors to float32.`);
  const [begin, end] = offsets;
  if (end - begin !== 4 * shapeSize(shape)) throw foreign(`${name} [${shape.join(', ')}] takes ${end - begin} bytes, expected ${4 * shapeSize(shape)}`);
  return { name, shape, begin, end };
}

function readMetadata(given: unknown): Record<string, string> {
  const entries = Object.entries(given ?? {});
  if (typeof given !== 'object' || Array.isArray(given) || !entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) throw foreign('__metadata__ is no object of strings');
  return Object.fromEntries(entries);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0);
}

function foreign(what: string, cause?: unknown): InvalidModelError {
  return new InvalidModelError(`These bytes are no safetensors file (${what}): give a whole .safetensors file.`, { cause });
}
