import type { Compared } from '../../ml/export/export-agreement.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { ExportAgreement } from '../../shared/exports.js';
import type { ExportedAs } from './export-output.js';

/**
 * What a runtime said of an export.
 * @throws InvalidModelError when the file disagrees with its model, with the difference and the rows.
 */
export function agreeingExport({ model, format }: ExportedAs, compared: Compared, runtime: string): ExportAgreement {
  const { rows, largestDifference, labelsChanged, exceptions, agrees } = compared;
  if (agrees) return { runtime, ...compared };
  throw new InvalidModelError(
    `The export of ${model} as ${format} disagrees with its model: in ${runtime}, ${exceptions} of ${rows} test images are beyond the tolerance, the largest difference of a probability is ` +
      `${largestDifference.toPrecision(3)} (expected at most 0.0001), and ${labelsChanged} labels changed. Nothing is written; leave ${format} out of export.formats, and report it.`,
  );
}
