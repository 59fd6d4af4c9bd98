import type { JsonObject } from '../shared/json.js';
import { cpuFeatureLevel } from './cpu-feature-level.js';
import type { BuiltStep } from './step-catalogue.js';
import type { NativeSettings } from './step-deps.js';

/** The npm packages through which a step reaches a foreign library, and that library's name in native.json. */
const NATIVE_OF: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs-node': 'tensorflow',
  '@tensorflow/tfjs-node-gpu': 'tensorflow',
  koffi: 'xgboost',
};

/**
 * What else changes a step's results, for its key: versions of the libraries it imports and, where it computes natively, of
 * the foreign libraries, with the CPU's feature level and the device. Steps in plain TypeScript do not depend on the CPU.
 */
export function stepEnvironment({ libraries, kind, foreign = [] }: BuiltStep, { versions, paths }: NativeSettings): JsonObject {
  const node = process.versions.node.split('.')[0] ?? '';
  if (kind !== 'process') return { node, libraries };
  const names = [...new Set([...foreign, ...Object.keys(libraries).flatMap((name) => NATIVE_OF[name] ?? [])])].sort();
  const device = names.includes('tensorflow') && paths.device === 'gpu' ? { device: 'gpu' } : {};
  const versionOf = (name: string): string | undefined => ('device' in device && name === 'tensorflow' ? (versions['tensorflowGpu'] ?? versions[name]) : versions[name]);
  const native = Object.fromEntries(names.map((name) => [name, versionOf(name) ?? 'unknown']));
  return { node, libraries, native, cpu: names.length > 0 ? cpuFeatureLevel() : 'any', ...device };
}
