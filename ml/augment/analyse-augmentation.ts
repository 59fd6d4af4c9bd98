import type { AugmentationAnalysis, AugmentationKind } from '../../shared/analysis/augmentation.js';
import type { Matrix } from '../matrix.js';
import { augmentRows } from './augment-rows.js';
import { contactSheet } from './contact-sheet.js';
import { EMBEDDED_GREYS } from './digit-paper.js';
import { limitStrip } from './limit-strip.js';
import { serialisePipelineDocument } from './pipeline-document.js';
import type { PipelineDocument } from './pipeline-document.js';
import { pngPicture } from './png-picture.js';
import { AUGMENTATIONS } from './registry.js';

/** What a pipeline makes of some digits (square images), and what each kind of augmentation does at and beyond its limits. */
export function analyseAugmentation(digits: Matrix<Uint8Array>, document: PipelineDocument, seed: number, copies: number): AugmentationAnalysis {
  const sheet = contactSheet(digits, augmentRows(digits, document, seed, { copies }), 1, EMBEDDED_GREYS);
  const kinds = [...AUGMENTATIONS.values()].map((augmentation): AugmentationKind => ({
    kind: augmentation.kind,
    parameters: Object.entries(augmentation.parameters).map(([name, { default: usual, safe, possible, because }]) => ({ name, default: usual, safe, possible, because })),
    ...limitStrip(augmentation, digits, seed),
  }));
  return { kind: 'augmentation', document: serialisePipelineDocument(document), seed, copies, sheet: pngPicture(sheet), kinds };
}
