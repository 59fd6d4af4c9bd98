import util from 'node:util';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { NativeLibraryError } from '../shared/errors.js';

/** The TensorFlow.js API, as tfjs-node implements it on TensorFlow's C library. */
export type TensorFlow = typeof tfTypes;

/** Which build of the addon: `gpu` needs the CUDA wheel and a worker that owns the device. */
export type TensorFlowVariant = 'cpu' | 'gpu';

/** A loaded TensorFlow. */
export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  readonly variant: TensorFlowVariant;
  /** For manifests, e.g. `tfjs-node 4.22.0 / TensorFlow 2.21.0`. */
  readonly runtime: string;
}

let loading: { readonly variant: TensorFlowVariant; readonly loaded: Promise<LoadedTensorFlow> } | undefined;

/**
 * Loads @tensorflow/tfjs-node (or -gpu), once per process. One process holds one variant: both addons carry their own
 * libtensorflow, and two of those in one address space do not get along.
 * @param variant when absent, the one that is loaded already, else `cpu`.
 * @throws NativeLibraryError when the addon is missing or cannot be loaded, or when the other variant is loaded already.
 */
export async function loadTensorFlow(variant?: TensorFlowVariant): Promise<LoadedTensorFlow> {
  loading ??= { variant: variant ?? 'cpu', loaded: load(variant ?? 'cpu') };
  if (variant !== undefined && variant !== loading.variant) {
    throw new NativeLibraryError(`TensorFlow (${variant}) was asked for, but this process holds the ${loading.variant} variant: use another process.`);
  }
  return loading.loaded;
}

async function load(variant: TensorFlowVariant): Promise<LoadedTensorFlow> {
  restoreIsNullOrUndefined();
  // TensorFlow reads this when its library is loaded: 2 keeps errors and drops start-up chatter.
  process.env['TF_CPP_MIN_LOG_LEVEL'] = '2';
  try {
    // Literal specifiers, so that the step bundles name the package and the build records its version.
    const imported = variant === 'gpu' ? await import('@tensorflow/tfjs-node-gpu') : await import('@tensorflow/tfjs-node');
    const tf = imported.default as TensorFlow; // the two packages declare the same API
    await tf.ready();
    return { tf, variant, runtime: runtimeOf(tf, variant) };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new NativeLibraryError(
      `@tensorflow/tfjs-node${variant === 'gpu' ? '-gpu' : ''} cannot be loaded (${reason}). ` +
        'Run `npm start`, which builds and links it, or `digitloom doctor`, which says what is missing.',
      { cause: error },
    );
  }
}

function runtimeOf(tf: TensorFlow, variant: TensorFlowVariant): string {
  const backend = tf.backend() as unknown as { readonly binding?: { readonly TF_Version?: string } };
  const library = backend.binding?.TF_Version;
  if (library === undefined) throw new NativeLibraryError(`TensorFlow.js runs on its ${tf.getBackend()} backend, not on libtensorflow.`);
  const name = variant === 'gpu' ? 'tfjs-node-gpu' : 'tfjs-node';
  return `${name} ${tf.version['tfjs-node']} / TensorFlow ${library}`;
}

/** tfjs-node calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
