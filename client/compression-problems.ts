import { ENSEMBLE_TEACHER, SHRINKABLE_KINDS, VARIANT_STAGES } from '../shared/compression.js';
import type { CompressionSearchConfig, VariantConfig } from '../shared/compression.js';
import type { PipelineConfig } from '../shared/config.js';
import { ENSEMBLE_NAMES } from '../shared/ensemble-methods.js';
import { modelFits } from '../shared/model-fits.js';
import { NETWORK_NAMES } from '../shared/model-names.js';
import { variantGrid } from '../shared/variant-grid.js';
import type { ConfigProblem } from './config-problem.js';
import { quantisedProblems } from './quantised-problems.js';

/** What the section `compress` names that the run has not. */
export function compressProblems(config: PipelineConfig): ConfigProblem[] {
  const { train, compress } = config;
  if (!train.enabled || !compress.enabled) return [];
  const networks = namesOf(config, NETWORK_NAMES);
  const variants = Object.entries(compress.variants ?? {});
  const classical = compress.classical?.models ?? [];
  if (compress.models.length === 0 && variants.length === 0 && classical.length === 0 && !compress.search) return [{ path: 'compress.models', message: `is empty, but compress is on; expected a network of this run: ${networks.join(', ') || 'there is none'}; or name a variant in compress.variants, or a model in compress.classical.models` }];
  return [
    ...quantisedProblems(config, networks),
    ...variants.flatMap(([name, variant]) => variantProblems(config, name, variant)),
    ...classicalProblems(config, classical),
    ...(compress.search ? searchProblems(config, compress.search) : []),
    ...(compress.gate?.maxMilliseconds !== undefined && config.evaluate.enabled && config.evaluate.latencyImages === 0 ? [{ path: 'compress.gate.maxMilliseconds', message: 'is set, but nothing is timed: set evaluate.latencyImages' }] : []),
  ];
}

function variantProblems(config: PipelineConfig, name: string, variant: VariantConfig): ConfigProblem[] {
  const { train, augment } = config;
  const path = `compress.variants.${name}`;
  const problems: ConfigProblem[] = [];
  const taken = [...modelFits(train.models).map((fit) => fit.name), ...ENSEMBLE_NAMES];
  if (taken.includes(name) || /-(int8|small)$/.test(name)) problems.push({ path, message: 'this name is taken: by a model, an ensemble, or a variant that is not trained (<model>-int8, <model>-small)' });
  const networks = namesOf(config, NETWORK_NAMES);
  if (!networks.includes(variant.of)) problems.push({ path: `${path}.of`, message: `got "${variant.of}", expected a network of this run: ${networks.join(', ') || 'there is none'}` });
  if (VARIANT_STAGES.every((stage) => variant[stage] === undefined)) problems.push({ path, message: `asks for nothing: give ${VARIANT_STAGES.slice(0, -1).join(', ')} or ${VARIANT_STAGES.at(-1)}` });
  if (variant.settle && !(variant.quantize && !variant.cluster)) problems.push({ path: `${path}.settle`, message: 'goes with quantize and without cluster: it trains the scales of codes' });
  if (variant.recipe?.['augment'] === 'section' && !augment.enabled) problems.push({ path: `${path}.recipe.augment`, message: 'is "section", but augment is off: switch augment on' });
  return variant.distil ? [...problems, ...teacherProblems(config, `${path}.distil.teacher`, variant.distil.teacher)] : problems;
}

function searchProblems(config: PipelineConfig, search: CompressionSearchConfig): ConfigProblem[] {
  const plans = variantGrid(search);
  if (plans.length === 0) return [{ path: 'compress.search.grid', message: 'asks for nothing: vary keep, sparsity, clusters or weights' }];
  // All plans have the same model, teacher and recipe: one of them shows what is wrong.
  const shared = plans.slice(0, 1).flatMap(({ plan }) => variantProblems(config, '', plan)).map(({ path, message }) => ({ path: path.replace('compress.variants.', 'compress.search'), message }));
  const taken = [...Object.keys(config.compress.variants ?? {}), ...modelFits(config.train.models).map((fit) => fit.name)];
  return [...shared, ...plans.filter(({ name }) => taken.includes(name)).map(({ name }) => ({ path: 'compress.search.grid', message: `makes a variant "${name}", whose name is taken: rename what has it` }))];
}

function classicalProblems(config: PipelineConfig, models: readonly string[]): ConfigProblem[] {
  const able = namesOf(config, SHRINKABLE_KINDS);
  return models.flatMap((name, i) => (able.includes(name) ? [] : [{
    path: `compress.classical.models.${i}`, message: `got "${name}", expected a model of kind ${SHRINKABLE_KINDS.join(', ')}: ${able.join(', ') || 'there is none'}`,
  }]));
}

/** A classical model's probabilities of rows that it learnt say little: what teaches is what folds say of rows that they did not see. */
function teacherProblems(config: PipelineConfig, path: string, teacher: string): ConfigProblem[] {
  const { train, ensemble: { enabled, outOfFold } } = config;
  const folded = enabled && outOfFold.methods.length > 0 ? outOfFold.models : [];
  if (teacher === ENSEMBLE_TEACHER) {
    return folded.length > 0 ? [] : [{ path, message: 'got "ensemble", but no model is folded, so that nothing is known of rows that none of them learnt: name methods and models in ensemble.outOfFold, or a network as teacher' }];
  }
  if (!train.models[teacher]) return [{ path, message: `got "${teacher}", expected a name in train.models (${Object.keys(train.models).join(', ')}), or "ensemble"` }];
  if (namesOf(config, NETWORK_NAMES).includes(teacher) || folded.includes(teacher)) return [];
  return [{ path, message: `got "${teacher}", which is no network: it can teach by what its folds say, so name it in ensemble.outOfFold.models, with methods` }];
}

function namesOf({ train }: PipelineConfig, kinds: readonly string[]): string[] {
  return Object.entries(train.models).filter(([, { kind }]) => kinds.includes(kind)).map(([name]) => name);
}
