/** Whole numbers for a kernel: value = code x its channel's scale, rounded to float32. */
export interface KernelCodes {
  /** 1 to 8 for a code, signed. */
  readonly bits: number;
  /** In the order of the kernel's numbers. */
  readonly values: Int8Array<ArrayBuffer>;
  /** One for each channel, above 0. */
  readonly scales: Float32Array<ArrayBuffer>;
}

/**
 * A kernel whose numbers take few bits. A channel is an output channel: number i belongs to channel i mod `channels`, for depthwise kernels
 * [rows, columns, in, multiplier] too.
 */
export interface CompressedKernel {
  /** `<layer>/<weight>` in the network that comes with it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly channels: number;
  /** Numbers that are exactly 0, as a part of all. */
  readonly sparsity: number;
  readonly codes?: KernelCodes;
  /** Value = codebook[index]; of a pruned kernel the first entry is 0. */
  readonly shared?: { readonly codebook: Float32Array<ArrayBuffer>; readonly indices: Uint16Array<ArrayBuffer> };
}

/** The grid of a layer's output: value = scale x (stored - zeroPoint), stored in [0, 2^bits). */
export interface CompressedOutput {
  readonly layer: string;
  readonly bits: number;
  readonly scale: number;
  readonly zeroPoint: number;
}

/** What a compressed network's float32 weights stand for: what exporters and sizes start from. */
export interface CompressedWeights {
  readonly kernels: readonly CompressedKernel[];
  readonly outputs: readonly CompressedOutput[];
}

/** The codes of kernels that have some, by the kernels' names. */
export function codesByName(kernels: CompressedWeights['kernels']): ReadonlyMap<string, KernelCodes> {
  return new Map(kernels.flatMap(({ name, codes }) => (codes ? [[name, codes] as const] : [])));
}

/** The part of numbers that are exactly 0. */
export function sparsityOf(values: ArrayLike<number>): number {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) zeros += 1;
  return zeros / Math.max(1, values.length);
}
