import type { ModelInput } from '../../ml/data/assemble-input.js';
import { loadEnsemble } from '../../ml/ensembles/load-ensemble.js';
import { inputsFromPixels } from '../../ml/features/inputs-from-pixels.js';
import type { Matrix } from '../../ml/matrix.js';
import { MODELS } from '../../ml/models/registry.js';
import { serveModel } from '../../ml/serving/serve-model.js';
import type { ServedModel } from '../../ml/serving/served-model.js';
import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { ModelName } from '../../shared/model-names.js';
import type { StepInput } from '../../shared/step.js';

/** One base of a stack. */
export interface StackBase {
  readonly name: string;
  readonly kind: ModelName;
  readonly input: ModelInput;
}

/** An ensemble that answers from pixels. */
export interface WholeStack {
  /** What computes it, e.g. `onnxruntime-node 1.30.0 + typescript`. */
  readonly runtime: string;
  /** Class probabilities of images: features, each once; every base; what combines them. `eachBase` hears how many bases are done. */
  predictProba(
    images: Matrix<Uint8Array>,
    shape: { readonly width: number; readonly height: number },
    eachBase?: (done: number) => void,
  ): Promise<Matrix<Float32Array>>;
  /** Frees what the bases hold. */
  dispose(): Promise<void>;
}

/**
 * Loads an ensemble (role `meta`) and puts all its bases (roles `model:<name>`) into service, named in the order in which it takes them.
 * @throws InvalidDataError when one of them was not given; InvalidModelError when the ensemble knows other bases.
 */
export async function loadWholeStack(
  models: readonly StackBase[],
  { inputs, native }: Pick<StepInput, 'inputs' | 'native'>,
): Promise<WholeStack> {
  const meta = inputs['meta']?.[0];
  if (!meta) throw new InvalidDataError('The ensemble was not given.');
  const ensemble = await loadEnsemble(meta, native);
  const bases: ServedModel[] = [];
  const dispose = async (): Promise<void> => {
    ensemble.dispose();
    await Promise.all(bases.map((base) => base.dispose()));
  };
  try {
    const names = models.map(({ name }) => name);
    if (ensemble.names.join() !== names.join()) {
      throw new InvalidModelError(`This ensemble was fitted on ${ensemble.names.join(', ')}, in this order; got ${names.join(', ') || 'none'}.`);
    }
    for (const { name, kind } of models) {
      const bytes = inputs[`model:${name}`]?.[0];
      if (!bytes) throw new InvalidDataError(`The ensemble was given no model ${name}.`);
      bases.push(await serveModel(MODELS[kind], bytes, { native }));
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    runtime: [...new Set([...bases, ensemble].map(({ runtime }) => runtime))].join(' + '),
    dispose,
    async predictProba(images, shape, eachBase = () => undefined) {
      const xs = inputsFromPixels(images, shape, models.map(({ input }) => input));
      const probabilities: Matrix<Float32Array>[] = [];
      for (const [i, base] of bases.entries()) {
        probabilities.push(await base.predictProba(xs[i] as Matrix));
        eachBase(i + 1);
      }
      return ensemble.predictProba(probabilities);
    },
  };
}
