import { ENSEMBLE_TEACHER, VARIANT_STAGES } from '../shared/compression.js';
import type { VariantConfig } from '../shared/compression.js';
import type { PipelineConfig } from '../shared/config.js';
import { ENSEMBLE_NAMES } from '../shared/ensemble-methods.js';
import { modelFits } from '../shared/model-fits.js';
import { NETWORK_NAMES } from '../shared/model-names.js';
import type { ConfigProblem } from './config-problem.js';

/** What the section `compress` names that the run has not. */
export function compressProblems(config: PipelineConfig): ConfigProblem[] {
  const { train, compress } = config;
  if (!train.enabled || !compress.enabled) return [];
  const cnns = namesOf(config, ['cnn']);
  const expected = `expected a model of kind cnn: ${cnns.join(', ') || 'there is none'}`;
  const variants = Object.entries(compress.variants ?? {});
  if (compress.models.length === 0 && variants.length === 0) return [{ path: 'compress.models', message: `is empty, but compress is on; ${expected}; or name a variant in compress.variants` }];
  return [
    ...compress.models.flatMap((name, i) => (cnns.includes(name) ? [] : [{ path: `compress.models.${i}`, message: `got "${name}", ${expected}` }])),
    ...variants.flatMap(([name, variant]) => variantProblems(config, name, variant)),
  ];
}

function variantProblems(config: PipelineConfig, name: string, variant: VariantConfig): ConfigProblem[] {
  const { train, augment } = config;
  const path = `compress.variants.${name}`;
  const problems: ConfigProblem[] = [];
  const taken = [...modelFits(train.models).map((fit) => fit.name), ...ENSEMBLE_NAMES];
  if (taken.includes(name) || name.endsWith('-int8')) problems.push({ path, message: 'this name is taken: by a model, an ensemble, or an int8 variant (<model>-int8)' });
  const networks = namesOf(config, NETWORK_NAMES);
  if (!networks.includes(variant.of)) problems.push({ path: `${path}.of`, message: `got "${variant.of}", expected a network of this run: ${networks.join(', ') || 'there is none'}` });
  if (VARIANT_STAGES.every((stage) => variant[stage] === undefined)) problems.push({ path, message: `asks for nothing: give ${VARIANT_STAGES.slice(0, -1).join(', ')} or ${VARIANT_STAGES.at(-1)}` });
  if (variant.settle && !(variant.quantize && !variant.cluster)) problems.push({ path: `${path}.settle`, message: 'goes with quantize and without cluster: it trains the scales of codes' });
  if (variant.recipe?.['augment'] === 'section' && !augment.enabled) problems.push({ path: `${path}.recipe.augment`, message: 'is "section", but augment is off: switch augment on' });
  return variant.distil ? [...problems, ...teacherProblems(config, `${path}.distil.teacher`, variant.distil.teacher)] : problems;
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
