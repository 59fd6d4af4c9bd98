import type { PipelineConfig } from '../shared/config.js';
import { modelFits } from '../shared/model-fits.js';
import { quantisedVariants } from '../shared/quantised-variants.js';
import type { ConfigProblem } from './config-problem.js';

/** Handles of so many candidates, with the longest names there may be, fit into a step's input (docs/decisions/2026-11-24-candidates-behind-entries.md). */
const MOST_CANDIDATES = 48;

/** Too many seeds for one run, and pairs to be compared that have none. */
export function seedProblems({ train: { enabled, models }, ensemble, compress, evaluate }: PipelineConfig): ConfigProblem[] {
  if (!enabled) return [];
  const several = Object.entries(models).filter(([, { seeds = 1 }]) => seeds > 1).map(([name]) => name);
  const problems: ConfigProblem[] = [];
  const others = (ensemble.enabled ? ensemble.methods.length + ensemble.outOfFold.methods.length : 0) + (compress.enabled ? quantisedVariants(compress.models).length : 0);
  const fits = modelFits(models).length;
  if (several.length > 0 && fits + others > MOST_CANDIDATES) {
    problems.push({ path: `train.models.${several[0] ?? ''}.seeds`, message: `makes ${fits} fits of all models together, which with ${others} ensembles and variants is more than ${MOST_CANDIDATES}: give some models fewer seeds` });
  }
  for (const [i, pair] of (evaluate.enabled ? (evaluate.compare ?? []) : []).entries()) {
    for (const name of pair) {
      if (several.includes(name)) continue;
      const found = Object.hasOwn(models, name) ? `a model with one seed: set train.models.${name}.seeds to at least 2` : `expected a name in train.models (${Object.keys(models).join(', ')})`;
      problems.push({ path: `evaluate.compare.${i}`, message: `got "${name}", ${found}` });
    }
  }
  return problems;
}
