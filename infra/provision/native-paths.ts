import type { NativePaths } from '../../shared/step.js';

/** Where foreign libraries are; what is absent or undefined was not provisioned. */
export type FoundLibraries = { readonly [Library in keyof Omit<NativePaths, 'device'>]?: NativePaths[Library] | undefined };

/** Where provisioning put the foreign libraries, as a step gets them. */
export function nativePathsOf({ tensorflow, xgboost, litert }: FoundLibraries = {}): NativePaths {
  return { ...(tensorflow !== undefined && { tensorflow }), ...(xgboost !== undefined && { xgboost }), ...(litert !== undefined && { litert }) };
}
