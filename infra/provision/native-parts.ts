import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What provisioning found or made: the body of `native.json` in the cache folder. Paths are absolute. */
export interface NativeParts {
  /** Folder with libtensorflow_cc.so.2 and libtensorflow_framework.so.2. */
  readonly tensorflow?: string;
  /** The same from the CUDA wheel, where it was asked for. */
  readonly tensorflowGpu?: string;
  /** libxgboost.so, its OpenMP runtime beside it as in the wheel. */
  readonly xgboost?: string;
  /** libLiteRt.so. */
  readonly litert?: string;
  readonly temporal?: string;
  readonly versitygw?: string;
  /** Folder for PYTHONPATH with the official runtimes of the interoperability tests. */
  readonly python?: string;
  /** The same with TensorFlow, where it was asked for. */
  readonly pythonTensorflow?: string;
  /** Version of each part. */
  readonly versions: Readonly<Record<string, string>>;
  /** How each part was found: `PATH`, `cache`, `release`, `go install` or `wheel`. */
  readonly found: Readonly<Record<string, string>>;
  /** Seconds that the last provisioning took. */
  readonly seconds: number;
}

/** Path of `native.json`. */
export const nativePartsFile = (cache: string): string => join(cache, 'native.json');

/** What was provisioned, or undefined when nothing was yet (or the file is not readable as such). */
export function readNativeParts(cache: string): NativeParts | undefined {
  try {
    const parts = JSON.parse(readFileSync(nativePartsFile(cache), 'utf8')) as Partial<NativeParts>;
    return { ...parts, versions: parts.versions ?? {}, found: parts.found ?? {}, seconds: parts.seconds ?? 0 };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes `native.json` whole or not at all. */
export function writeNativeParts(cache: string, parts: NativeParts): void {
  const file = nativePartsFile(cache);
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(parts, null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}
