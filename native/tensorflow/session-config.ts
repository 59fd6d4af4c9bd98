/** How a session computes. */
export interface SessionConfig {
  /** Threads within an operation; results depend on it in their last bits. */
  readonly intraOpThreads: number;
  /** Operations at once. @default 1 */
  readonly interOpThreads?: number;
  /** Let TensorFlow compute convolutions and matrix products in bfloat16 where the CPU has it. @default false */
  readonly autoBfloat16?: boolean;
  /** Take GPU memory as it is needed, instead of all of it at once. @default true */
  readonly allowGrowth?: boolean;
}

type Field = readonly [number: number, value: number | readonly Field[]];

/** A serialised tensorflow.ConfigProto (config.proto; the numbers are its fields). */
export function encodeSessionConfig({ intraOpThreads, interOpThreads = 1, autoBfloat16 = false, allowGrowth = true }: SessionConfig): Uint8Array<ArrayBuffer> {
  const rewriter: Field = [10, [[25, 1]]]; // RewriterConfig.auto_mixed_precision_onednn_bfloat16 = ON
  return new Uint8Array(encode([
    [2, intraOpThreads],
    [5, interOpThreads],
    [6, [[4, allowGrowth ? 1 : 0]]],
    [7, 1], // allow_soft_placement: what a GPU has no kernel for runs on the CPU
    [9, 1], // use_per_session_threads: another session's thread count does not decide this one's
    ...(autoBfloat16 ? [[10, [rewriter]] as const] : []),
  ]));
}

function encode(fields: readonly Field[]): number[] {
  return fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [...varint(number << 3), ...varint(value)];
    const message = encode(value);
    return [...varint((number << 3) | 2), ...varint(message.length), ...message];
  });
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
