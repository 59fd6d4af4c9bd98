import type { JsonObject } from '../../shared/json.js';
import type { NativePaths, StepFunction, StepOutput, StepProgress } from '../../shared/step.js';

/** Runs a step's computation here, without a thread, and keeps what it reported. */
export async function runStep<P extends object = JsonObject>(
  step: StepFunction<P>,
  params: P,
  inputs: Readonly<Record<string, readonly Uint8Array[]>>,
  { seed = 1, signal = new AbortController().signal, native = {} }: { seed?: number; signal?: AbortSignal; native?: NativePaths } = {},
): Promise<StepOutput & { progress: StepProgress[] }> {
  const progress: StepProgress[] = [];
  const output = await step({ params, seed, inputs, native }, { signal, progress: (update) => progress.push(update) });
  return { ...output, progress };
}
