import type { ModelInput } from '../data/assemble-input.js';
import { joinColumns } from '../data/join-columns.js';
import { deskewed } from '../image/deskewed.js';
import type { Matrix } from '../matrix.js';
import { extractRows } from './extract-rows.js';
import { familyNamed } from './registry.js';

/**
 * What each of some models reads, from pixels: the pixels themselves, as they are or upright, or their features joined side by side. A family that
 * several models read is extracted once.
 * @throws InvalidConfigError for an unknown family.
 */
export function inputsFromPixels(
  images: Matrix<Uint8Array>,
  shape: { readonly width: number; readonly height: number },
  inputs: readonly ModelInput[],
): Matrix[] {
  const names = [...new Set(inputs.flatMap((input) => (typeof input === 'string' ? [] : input)))];
  const matrices = names.length === 0 ? [] : extractRows(images, shape, names.map(familyNamed));
  const upright = inputs.includes('deskewed') ? { ...images, data: deskewed(images, shape) } : images;
  return inputs.map((input) => {
    if (typeof input !== 'string') return joinColumns(input, input.map((family) => matrices[names.indexOf(family)]));
    return input === 'deskewed' ? upright : images;
  });
}
