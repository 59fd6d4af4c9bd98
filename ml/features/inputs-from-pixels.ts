import type { ModelInput } from '../data/assemble-input.js';
import { joinColumns } from '../data/join-columns.js';
import type { Matrix } from '../matrix.js';
import { extractRows } from './extract-rows.js';
import { familyNamed } from './registry.js';

/**
 * What each of some models reads, from pixels: the pixels themselves, or their features joined side by side. A family that
 * several models read is extracted once.
 * @throws InvalidConfigError for an unknown family.
 */
export function inputsFromPixels(
  images: Matrix<Uint8Array>,
  shape: { readonly width: number; readonly height: number },
  inputs: readonly ModelInput[],
): Matrix[] {
  const names = [...new Set(inputs.flatMap((input) => (input === 'pixels' ? [] : input)))];
  const matrices = names.length === 0 ? [] : extractRows(images, shape, names.map(familyNamed));
  return inputs.map((input) =>
    input === 'pixels' ? images : joinColumns(input, input.map((family) => matrices[names.indexOf(family)])));
}
