import type { NativePaths } from '../../shared/step.js';
import { readEnsemble } from './ensemble-bytes.js';
import type { Ensemble } from './ensemble.js';
import { ENSEMBLES } from './registry.js';

/** Loads an ensemble of any method. @throws InvalidModelError when the bytes are no ensemble's. */
export async function loadEnsemble(bytes: Uint8Array, native: NativePaths): Promise<Ensemble> {
  return ENSEMBLES[readEnsemble(bytes).method].load(bytes, native);
}
