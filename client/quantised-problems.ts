import type { PipelineConfig } from '../shared/config.js';
import { modelFits } from '../shared/model-fits.js';
import { quantisedVariants } from '../shared/quantised-variants.js';
import type { ConfigProblem } from './config-problem.js';

/**
 * What `compress.models` names that is no network of the run, and variants whose name is taken.
 * @param networks names of the run's
 */
export function quantisedProblems({ train, compress }: PipelineConfig, networks: readonly string[]): ConfigProblem[] {
  const taken = new Set([...modelFits(train.models).map(({ name }) => name), ...Object.keys(compress.variants ?? {})]);
  return compress.models.flatMap((given, i) => {
    const [model, path] = typeof given === 'string' ? [given, `compress.models.${i}`] : [given.model, `compress.models.${i}.model`];
    if (!networks.includes(model)) return [{ path, message: `got "${model}", expected a network of this run: ${networks.join(', ') || 'there is none'}` }];
    return quantisedVariants([given]).flatMap(({ name }) => {
      if (taken.has(name)) return [{ path, message: `makes a variant "${name}", whose name is taken: name each network once, and rename what else has it` }];
      taken.add(name);
      return [];
    });
  });
}
