import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { analyseDiversity } from '../../ml/ensembles/analyse-diversity.js';
import { ENSEMBLES } from '../../ml/ensembles/registry.js';
import { mergeOptions } from '../../ml/models/merge-options.js';
import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

interface DiversityParams {
  /** The bases, in the order of the inputs. */
  readonly names: readonly string[];
  /** The ensemble that says what each base adds. */
  readonly method: EnsembleMethod;
  readonly options: JsonObject;
  readonly validationRows: number;
}

/**
 * What the bases of an ensemble have in common on the validation rows, and what each adds. Inputs: `labels`, and `validationProba` of all
 * bases. Outputs: `diversity` (JSON, a Diversity).
 */
const diversity: StepFunction<DiversityParams> = async ({ params, seed, inputs, native }, hooks) => {
  const { names, method, options, validationRows } = params;
  const all = decodeLabels(inputs['labels']?.[0]);
  const probabilities = names.map((name, i) => decodeProbabilities(name, inputs['validationProba']?.[i]));
  const kind = ENSEMBLES[method];
  const found = await analyseDiversity({ names, probabilities }, all.subarray(all.length - validationRows), kind, mergeOptions(kind, options), {
    seed, native, signal: hooks.signal, progress: (update) => hooks.progress(update),
  });
  const least = found.bases.at(-1);
  return {
    outputs: { diversity: jsonArtifact(found) },
    summary: { pairs: found.pairs.length, ...(least && { addsLeast: least.name }) },
  };
};

export default diversity;
