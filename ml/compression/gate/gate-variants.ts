import type { CompressionGateConfig, GatedVariant } from '../../../shared/compression.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { accuracy } from '../../evaluation/accuracy.js';
import { mcnemar } from '../../evaluation/mcnemar.js';

/** A variant beside the model it was made of. */
export interface JudgedVariant {
  readonly name: string;
  readonly of: string;
  readonly bytes: number;
  /** Of its model. */
  readonly bytesBefore: number;
  readonly milliseconds?: number;
  /** Labels that both give to the validation rows. */
  readonly predicted: Uint8Array;
  readonly predictedByModel: Uint8Array;
}

/**
 * Which variants may take their model's place, and of each model the smallest that may; of equally large ones the more accurate, then the
 * first by name. A variant fails where it is less accurate and the exact McNemar test says that it is no chance, where it loses more than is
 * allowed, and where it is no smaller, too large or too slow.
 * @throws InvalidDataError when a variant was predicted on other rows.
 */
export function gateVariants(variants: readonly JudgedVariant[], labels: Uint8Array, gate: CompressionGateConfig): GatedVariant[] {
  const judged = variants.map((variant) => judge(variant, labels, gate));
  const chosen = new Set<GatedVariant>();
  for (const of of new Set(judged.map((variant) => variant.of))) {
    const [best] = judged.filter((variant) => variant.of === of && variant.passed)
      .sort((a, b) => a.bytes - b.bytes || b.validationAccuracy - a.validationAccuracy || (a.name < b.name ? -1 : 1));
    if (best) chosen.add(best);
  }
  return judged.map((variant) => ({ ...variant, chosen: chosen.has(variant) }));
}

function judge({ name, of, bytes, bytesBefore, milliseconds, predicted, predictedByModel }: JudgedVariant, labels: Uint8Array, { alpha, mostLost, maxBytes, maxMilliseconds }: CompressionGateConfig): GatedVariant {
  if (predicted.length !== labels.length || predictedByModel.length !== labels.length) {
    throw new InvalidDataError(`${name} was predicted on ${predicted.length} rows, ${of} on ${predictedByModel.length}: expected the ${labels.length} validation rows.`);
  }
  const { onlyACorrect: onlyModelRight, onlyBCorrect: onlyVariantRight, pValue } = mcnemar({ name: of, predicted: predictedByModel }, { name, predicted }, labels);
  const [before, after] = [accuracy(predictedByModel, labels), accuracy(predicted, labels)];
  const reasons = [
    ...(onlyModelRight > onlyVariantRight && pValue < alpha ? [`less accurate: ${onlyModelRight} rows that only ${of} reads, ${onlyVariantRight} that only it reads (p = ${pValue.toPrecision(2)}, below ${alpha})`] : []),
    ...(mostLost !== undefined && before - after > mostLost + ROUNDING ? [`loses ${points(before - after)} points of accuracy, ${points(mostLost)} are allowed`] : []),
    ...(bytes >= bytesBefore ? [`is no smaller than ${of}`] : []),
    ...(maxBytes !== undefined && bytes > maxBytes ? [`takes ${bytes} bytes, ${maxBytes} are allowed`] : []),
    ...(maxMilliseconds !== undefined && milliseconds !== undefined && milliseconds > maxMilliseconds ? [`takes ${milliseconds.toPrecision(2)} ms an image, ${maxMilliseconds} are allowed`] : []),
    ...(maxMilliseconds !== undefined && milliseconds === undefined ? ['was not timed'] : []),
  ];
  return {
    name, of, passed: reasons.length === 0, chosen: false, reasons, bytes, bytesBefore, ...(milliseconds !== undefined && { milliseconds }),
    validationAccuracy: after, validationAccuracyBefore: before, onlyModelRight, onlyVariantRight, pValue,
  };
}

/** 0.99 - 0.989 is more than 0.001. */
const ROUNDING = 1e-9;

function points(share: number): string {
  return String(Number((100 * share).toFixed(3)));
}
