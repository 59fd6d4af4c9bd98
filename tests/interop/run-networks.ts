import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPython } from '../../activities/verification/run-python.js';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { pythonPackages } from './python-packages.js';

/** What LiteRT says of files. */
export interface NetworkAnswers {
  /** Probabilities [images, classes] of a file, by each resolver. */
  readonly probabilities: Readonly<Record<string, readonly Float32Array[]>>;
  /** What a reader of the schema finds in each file. */
  readonly facts: Readonly<Record<string, { readonly description: string; readonly metadata: unknown }>>;
  /** Types, shapes and scales of each file's input and output. */
  readonly tensors: Readonly<Record<string, unknown>>;
}

/**
 * Runs the same images (in [0, 1], of the given shape) through `.tflite` files, named without spaces, in one batch each.
 * @param resolvers of the script, @default XNNPACK and LiteRT's own kernels
 */
export async function runNetworks(files: Readonly<Record<string, Uint8Array>>, images: readonly Float32Array[], shape: readonly number[], resolvers: readonly string[] = ['default', 'builtin']): Promise<NetworkAnswers> {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-litert-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, `${name}.tflite`), bytes);
    writeFileSync(join(folder, 'rows.npy'), encodeNpy(Float32Array.from(images.flatMap((image) => [...image])), [images.length, ...shape]));
    const { facts, tensors } = await runPython<Omit<NetworkAnswers, 'probabilities'> & { readonly runtime: string }>('run_tflite', [folder, ...resolvers], [pythonPackages()]);
    const output = (name: string): Float32Array => {
      const { data } = decodeNpy(readFileSync(join(folder, `${name}.npy`)), name);
      assert.ok(data instanceof Float32Array, name);
      return data;
    };
    const probabilities = Object.fromEntries(Object.keys(files).map((name) => [name, resolvers.map((resolver) => output(`${name}.${resolver}`))]));
    return { probabilities, facts, tensors };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
