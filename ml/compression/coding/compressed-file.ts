import { InvalidModelError } from '../../../shared/errors.js';
import type { JsonObject } from '../../../shared/json.js';
import { decodeNpz, encodeNpz } from '../../data/npz.js';
import type { NamedWeight } from '../../graph/inference-graph.js';
import { encodeSavedNetwork } from '../../models/encode-saved-network.js';
import { readLayersModel } from '../../models/read-layers-model.js';
import { shapeSize } from '../../shape-size.js';
import { bitsFor } from '../coded-size.js';
import type { CompressedKernel, CompressedOutput, CompressedWeights } from '../compressed-weights.js';
import { NUMBER_CODINGS, readNumbers, writeNumbers } from './code-numbers.js';
import type { NumberCoding } from './code-numbers.js';

const FORMAT = 'digitloom-compressed-1';

/** A compressed network and what its weights stand for. */
export interface CompressedFile {
  /** A saved network, as `encodeSavedNetwork` writes it. */
  readonly bytes: Uint8Array;
  readonly weights: CompressedWeights;
}

/** How one weight lies in `numbers.bin`: float32, or coded whole numbers and after them float32 scales or a codebook. */
interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kernel?: { readonly as: 'float32' | 'codes' | 'shared'; readonly channels: number; readonly sparsity: number; readonly bits: number; readonly width: number; readonly coding: NumberCoding; readonly bytes: number; readonly table: number };
}

interface FileFacts {
  readonly format: string;
  readonly topology: JsonObject;
  readonly details: JsonObject;
  readonly weights: readonly StoredWeight[];
  readonly outputs: readonly CompressedOutput[];
}

/** Writes a compressed network as a zip whose kernels are their codes, by the coding that makes each smallest. The same network gives the same bytes. */
export function encodeCompressedFile({ bytes, weights: { kernels, outputs } }: CompressedFile): Uint8Array {
  const { topology, weights, details } = readLayersModel(bytes);
  const byName = new Map(kernels.map((kernel) => [kernel.name, kernel]));
  const parts: Uint8Array[] = [];
  const stored = weights.map((weight) => {
    const { parts: own, stored: facts } = storeWeight(weight, byName.get(weight.name));
    parts.push(...own);
    return facts;
  });
  const facts: FileFacts = { format: FORMAT, topology, details, weights: stored, outputs };
  return encodeNpz({ 'network.json': new TextEncoder().encode(JSON.stringify(facts)), 'numbers.bin': Buffer.concat(parts) }, { deflate: true });
}

/**
 * Reads what `encodeCompressedFile` wrote: the same weights and the same description.
 * @throws InvalidModelError when the bytes are no such file, or are damaged.
 */
export function decodeCompressedFile(bytes: Uint8Array): CompressedFile {
  const { files } = decodeNpz(bytes, 'compressed network');
  const [text, numbers] = [files['network.json'], files['numbers.bin']];
  const facts = text && (JSON.parse(new TextDecoder().decode(text)) as FileFacts);
  if (!facts || !numbers || facts.format !== FORMAT) throw new InvalidModelError(`compressed network: expected network.json of format ${FORMAT} and numbers.bin, got ${facts ? facts.format : 'none'}.`);
  let at = 0;
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    if (at + length > numbers.length) throw new InvalidModelError(`compressed network: numbers.bin ends after ${numbers.length} bytes, ${at + length} were expected: the file is cut.`);
    at += length;
    return Uint8Array.from(numbers.subarray(at - length, at));
  };
  const kernels: CompressedKernel[] = [];
  const weights = facts.weights.map((one) => {
    const { weight, kernel } = restoreWeight(one, take);
    if (kernel) kernels.push(kernel);
    return weight;
  });
  return { bytes: encodeSavedNetwork({ topology: facts.topology, weights, details: facts.details }), weights: { kernels, outputs: facts.outputs } };
}

function storeWeight({ name, shape, data }: NamedWeight, kernel: CompressedKernel | undefined): { readonly parts: readonly Uint8Array[]; readonly stored: StoredWeight } {
  const symbols = kernel?.codes?.values ?? kernel?.shared?.indices;
  const table = kernel?.codes?.scales ?? kernel?.shared?.codebook ?? new Float32Array(0);
  if (!kernel || !symbols) {
    const asFloats = kernel && { as: 'float32', channels: kernel.channels, sparsity: kernel.sparsity, bits: 32, width: 32, coding: 'dense', bytes: 0, table: 0 } as const;
    return { parts: [bytesOf(data)], stored: { name, shape, ...(asFloats && { kernel: asFloats }) } };
  }
  // Codes are in two's complement: one bit more than the largest takes.
  const width = kernel.codes ? 1 + bitsFor(1 + Array.from(symbols).reduce((most, code) => Math.max(most, Math.abs(code)), 0)) : bitsFor(table.length);
  const written = NUMBER_CODINGS.map((coding) => ({ coding, numbers: writeNumbers(symbols, coding, width) }));
  const { coding, numbers } = written.reduce((best, one) => (one.numbers.length < best.numbers.length ? one : best));
  return {
    parts: [numbers, bytesOf(table)],
    stored: { name, shape, kernel: { as: kernel.codes ? 'codes' : 'shared', channels: kernel.channels, sparsity: kernel.sparsity, bits: kernel.codes?.bits ?? width, width, coding, bytes: numbers.length, table: table.length } },
  };
}

function restoreWeight({ name, shape, kernel }: StoredWeight, take: (length: number) => Uint8Array<ArrayBuffer>): { readonly weight: NamedWeight; readonly kernel?: CompressedKernel } {
  const count = shapeSize(shape);
  const floats = (length: number): Float32Array<ArrayBuffer> => new Float32Array(take(4 * length).buffer);
  if (!kernel) return { weight: { name, shape, data: floats(count) } };
  const { as, channels, sparsity, bits, width, coding, bytes, table: length } = kernel;
  const described = { name, shape, channels, sparsity };
  if (as === 'float32') return { weight: { name, shape, data: floats(count) }, kernel: described };
  const numbers = readNumbers(take(bytes), coding, { count, bits: width, signed: as === 'codes' });
  const table = floats(length);
  if (as === 'codes') {
    const values = Int8Array.from(numbers);
    return { weight: { name, shape, data: Float32Array.from(values, (code, i) => code * table[i % channels]) }, kernel: { ...described, codes: { bits, values, scales: table } } };
  }
  return { weight: { name, shape, data: Float32Array.from(numbers, (index) => table[index]) }, kernel: { ...described, shared: { codebook: table, indices: Uint16Array.from(numbers) } } };
}

function bytesOf(data: Float32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
