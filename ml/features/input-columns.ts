import type { ModelInput } from '../data/assemble-input.js';
import { familyNamed } from './registry.js';

/** Names of the columns that a model reads: the families' own, or `pixel.<number>` in row-major order. */
export function inputColumns(input: ModelInput, columns: number): string[] {
  if (typeof input === 'string') return Array.from({ length: columns }, (_, i) => `pixel.${i}`);
  return input.flatMap((family) => familyNamed(family).columns);
}
