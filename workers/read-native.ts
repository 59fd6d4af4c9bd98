import { readFile } from 'node:fs/promises';
import type { NativeSettings } from '../activities/step-deps.js';
import { nativePathsOf } from '../infra/provision/native-paths.js';
import { InvalidConfigError } from '../shared/errors.js';

/** What a worker takes from native.json, which provisioning wrote. */
interface NativeFile {
  readonly tensorflow?: string;
  readonly tensorflowGpu?: string;
  readonly xgboost?: string;
  readonly litert?: string;
  readonly versions?: Readonly<Record<string, string>>;
}

/**
 * Reads the paths and versions of the foreign libraries; without a file none is known, and the steps that need one say so.
 * @throws InvalidConfigError when the file is missing or is not JSON.
 */
export async function readNative(file: string | undefined, device: 'cpu' | 'gpu'): Promise<NativeSettings> {
  if (file === undefined) return { paths: { device }, versions: {} };
  const { tensorflow, tensorflowGpu, xgboost, litert, versions = {} } = await parsed(file);
  const library = device === 'gpu' ? (tensorflowGpu ?? tensorflow) : tensorflow;
  return { paths: { device, ...nativePathsOf({ tensorflow: library, xgboost, litert }) }, versions };
}

async function parsed(file: string): Promise<NativeFile> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as NativeFile;
  } catch (error) {
    throw new InvalidConfigError(`--native ${file} cannot be read (${(error as Error).message}). Run \`digitloom doctor\`.`, { cause: error });
  }
}
