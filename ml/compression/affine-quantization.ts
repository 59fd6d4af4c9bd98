/** real = scale * (stored - zeroPoint), stored in int8. */
export interface AffineQuantization {
  readonly scale: number;
  readonly zeroPoint: number;
}

export const INT8_MIN = -128;
export const INT8_MAX = 127;

/** Pixels / 255 as TFLite's converter has them: pixel p is stored as p - 128. */
export const PIXEL_QUANTIZATION: AffineQuantization = { scale: Math.fround(1 / 255), zeroPoint: INT8_MIN };

/** The softmax output that TFLite's int8 specification demands. */
export const SOFTMAX_QUANTIZATION: AffineQuantization = { scale: 1 / 256, zeroPoint: INT8_MIN };

/** The asymmetric int8 scale and zero point of values in [min, max]; the range is widened to hold zero, which becomes exact. */
export function affineQuantization(min: number, max: number): AffineQuantization {
  const low = Math.min(min, 0);
  const high = Math.max(max, 0);
  if (low === high) return { scale: 1, zeroPoint: 0 };
  const scale = Math.fround((high - low) / (INT8_MAX - INT8_MIN));
  const zeroPoint = Math.round(INT8_MIN - low / scale);
  return { scale, zeroPoint: Math.min(INT8_MAX, Math.max(INT8_MIN, zeroPoint)) };
}

/** Nearest stored value, half away from zero, saturating. */
export function quantize(real: number, { scale, zeroPoint }: AffineQuantization): number {
  const scaled = real / scale;
  const rounded = Math.sign(scaled) * Math.round(Math.abs(scaled));
  return Math.min(INT8_MAX, Math.max(INT8_MIN, rounded + zeroPoint));
}

export function dequantize(stored: number, { scale, zeroPoint }: AffineQuantization): number {
  return scale * (stored - zeroPoint);
}
