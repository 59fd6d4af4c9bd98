import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import { ENSEMBLE_METHODS } from '../../shared/ensemble-methods.js';
import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Npz, NpzEntry } from '../data/npz.js';

/** An ensemble as it lies in its `.npz`: which method, of which bases, and what that method keeps. */
export interface SavedEnsemble extends Npz {
  readonly method: EnsembleMethod;
  readonly names: readonly string[];
}

const HEAD = 'ensemble.json';

/** An ensemble's bytes: an `.npz` with `ensemble.json` and what the method keeps. */
export function writeEnsemble(method: EnsembleMethod, names: readonly string[], entries: Readonly<Record<string, NpzEntry>>): Uint8Array {
  return encodeNpz({ [HEAD]: new TextEncoder().encode(JSON.stringify({ method, names })), ...entries });
}

/**
 * Reads an ensemble's bytes.
 * @param expected the method that it must be of; any when absent.
 * @throws InvalidModelError when they are no ensemble's, or another method's.
 */
export function readEnsemble(bytes: Uint8Array, expected?: EnsembleMethod): SavedEnsemble {
  const { arrays, files } = unpacked(bytes);
  const { method, names } = headOf(files[HEAD]);
  const known = ENSEMBLE_METHODS.find((each) => each === method);
  if (!known) throw new InvalidModelError(`Not an ensemble: its method is ${JSON.stringify(method)}, expected one of ${ENSEMBLE_METHODS.join(', ')}.`);
  if (expected !== undefined && known !== expected) throw new InvalidModelError(`This ensemble is a ${known}, expected a ${expected}.`);
  if (!Array.isArray(names) || names.length < 2 || !names.every((name) => typeof name === 'string')) {
    throw new InvalidModelError(`Not an ensemble: its bases are ${JSON.stringify(names)}, expected at least two names.`);
  }
  return { method: known, names: names as string[], arrays, files };
}

/**
 * An array of numbers that an ensemble keeps.
 * @throws InvalidModelError when it is missing, of another type or another length.
 */
export function numbersOf({ method, arrays }: SavedEnsemble, name: string, length: number): Float64Array {
  const data = arrays[name]?.data;
  if (data instanceof Float64Array && data.length === length && data.every(Number.isFinite)) return data;
  throw new InvalidModelError(`Not a ${method}: ${name} is ${data ? `${data.constructor.name} of ${data.length}` : 'missing'}, expected ${length} finite numbers (float64).`);
}

function headOf(bytes: Uint8Array | undefined): { method?: unknown; names?: unknown } {
  if (!bytes) throw new InvalidModelError(`Not an ensemble: it has no ${HEAD}.`);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as { method?: unknown; names?: unknown };
  } catch (error) {
    throw new InvalidModelError(`Not an ensemble: ${HEAD} is no JSON.`, { cause: error });
  }
}

function unpacked(bytes: Uint8Array): Npz {
  try {
    return decodeNpz(bytes, 'ensemble');
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not an ensemble: ${error.message}`, { cause: error });
    throw error;
  }
}
