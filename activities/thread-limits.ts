import type { JsonObject } from '../shared/json.js';

/** The environment of a step's process: foreign libraries read their thread counts from it when they are loaded. */
export function threadLimits(params: JsonObject): Record<string, string> {
  const threads = String(params['threads'] ?? 1);
  return {
    TF_NUM_INTRAOP_THREADS: threads, TF_NUM_INTEROP_THREADS: threads, OMP_NUM_THREADS: threads,
    TF_CPP_MIN_LOG_LEVEL: '2', TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  };
}
