import type { PipelineConfig, SectionName } from '../shared/config.js';
import { isSectionOn } from '../shared/config.js';
import { ENSEMBLE_NAMES } from '../shared/ensemble-methods.js';
import { NETWORK_NAMES } from '../shared/model-names.js';
import { compressProblems } from './compression-problems.js';
import type { ConfigProblem } from './config-problem.js';
import { ensembleProblems } from './ensemble-problems.js';
import { exportProblems } from './export-problems.js';
import { impactProblems } from './impact-problems.js';
import { seedProblems } from './seed-problems.js';

/** Which other sections an enabled section cannot do without. */
const NEEDS: Readonly<Record<SectionName, readonly SectionName[]>> = {
  ingest: [],
  analyse: ['ingest'],
  augment: ['ingest'],
  features: ['ingest'],
  train: ['ingest'],
  ensemble: ['train'],
  compress: ['train'],
  export: ['train'],
  evaluate: ['train'],
  report: ['evaluate'],
};

/** What no single setting shows: settings that contradict one another. The settings fit the schema. */
export function crossProblems(config: PipelineConfig): ConfigProblem[] {
  return [...sectionProblems(config), ...modelProblems(config), ...seedProblems(config), ...ensembleProblems(config), ...analyseProblems(config), ...augmentProblems(config), ...impactProblems(config), ...compressProblems(config), ...exportProblems(config), ...explainProblems(config), ...countProblems(config)];
}

function sectionProblems(config: PipelineConfig): ConfigProblem[] {
  const off = (Object.entries(NEEDS) as [SectionName, readonly SectionName[]][]).flatMap(([name, needed]) =>
    needed.filter((other) => isSectionOn(config, name) && !isSectionOn(config, other)).map((other) => ({
      path: `${other}.enabled`, message: `is off, but ${name} needs ${other}: switch ${other} on or ${name} off`,
    })));
  return config.ingest.enabled ? off : [...off, ...(off.length ? [] : [{ path: 'ingest.enabled', message: 'is off: no section is left that could run' }])];
}

function modelProblems({ train, features }: PipelineConfig): ConfigProblem[] {
  if (!train.enabled) return [];
  const problems: ConfigProblem[] = [];
  const models = Object.entries(train.models);
  for (const [name, { kind, input, initialWeights }] of models) {
    const path = `train.models.${name}`;
    if (ENSEMBLE_NAMES.includes(name) || /-(int8|small)$/.test(name)) problems.push({ path, message: 'this name is taken: the best ensemble is reported as ensemble, others by their methods, variants as <model>-int8 and <model>-small' });
    if (NETWORK_NAMES.includes(kind) && input !== 'pixels') problems.push({ path: `${path}.input`, message: `got ${JSON.stringify(input)}, expected "pixels": a network sees images` });
    if (!NETWORK_NAMES.includes(kind) && initialWeights !== undefined) problems.push({ path: `${path}.initialWeights`, message: `are given, but a ${kind} has none to begin with: expected one of ${NETWORK_NAMES.join(', ')}` });
    if (typeof input === 'string') continue;
    if (!features.enabled) problems.push({ path: 'features.enabled', message: `is off, but model ${name} reads ${input.join(', ')}` });
    const missing = features.enabled ? input.filter((family) => !features.families.includes(family)) : [];
    if (missing.length > 0) {
      problems.push({ path: `${path}.input`, message: `reads ${missing.join(', ')}, which features.families does not extract: it has ${features.families.join(', ')}` });
    }
  }
  return problems;
}

/** Maps of networks need trained ones and chosen columns need features; where those sections are off, they are left out. */
function analyseProblems({ analyse, train, features }: PipelineConfig): ConfigProblem[] {
  if (!analyse.enabled) return [];
  const { maps, labelErrors } = analyse;
  const models = Object.entries(train.models);
  const cnns = models.filter(([, { kind }]) => kind === 'cnn').map(([name]) => name);
  const problems = Object.entries(maps).filter(([, { of }]) => of !== 'pixels' && !cnns.includes(of)).map(([name, { of }]) => ({
    path: `analyse.maps.${name}.of`, message: `got "${of}", expected "pixels" or a model of kind cnn: ${cnns.join(', ') || 'there is none'}`,
  }));
  if (labelErrors.folds === 0) return problems;
  const model = train.models[labelErrors.model];
  if (!model) {
    problems.push({ path: 'analyse.labelErrors.model', message: `got "${labelErrors.model}", expected a name in train.models (${models.map(([name]) => name).join(', ')}), or analyse.labelErrors.folds 0` });
  } else if (typeof model.input !== 'string' && !features.enabled) {
    problems.push({ path: 'analyse.labelErrors.model', message: `got "${labelErrors.model}", which reads ${model.input.join(', ')}, but features is off: name a model of the pixels, or set analyse.labelErrors.folds to 0` });
  }
  return problems;
}

function augmentProblems({ augment, train }: PipelineConfig): ConfigProblem[] {
  if (!train.enabled) return [];
  return Object.entries(train.models).flatMap(([name, { rows, params }]) => {
    const problems: ConfigProblem[] = [];
    if (rows === 'expanded' && !(augment.enabled && augment.copies > 0)) {
      problems.push({ path: `train.models.${name}.rows`, message: 'is "expanded", but no images are made: switch augment on and set augment.copies' });
    }
    if (params['augment'] === 'section' && !augment.enabled) {
      problems.push({ path: `train.models.${name}.params.augment`, message: 'is "section", but augment is off: switch augment on' });
    }
    return problems;
  });
}

function explainProblems({ train, evaluate: { enabled, explain } }: PipelineConfig): ConfigProblem[] {
  if (!enabled || !explain?.enabled || explain.models === 'all') return [];
  const networks = Object.entries(train.models).filter(([, { kind }]) => NETWORK_NAMES.includes(kind)).map(([name]) => name);
  return explain.models.flatMap((name, i) => (networks.includes(name) ? [] : [{
    path: `evaluate.explain.models.${i}`, message: `got "${name}", expected a network of this run: ${networks.join(', ') || 'there is none'}`,
  }]));
}

/** The validation split is the last sixth of the training rows. */
function countProblems({ ingest: { limit, shardSize }, compress, evaluate }: PipelineConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (limit.train > 0 && limit.train < 60) {
    problems.push({ path: 'ingest.limit.train', message: `got ${limit.train}, expected 0 (all) or at least 60: a sixth of them is for validation` });
  } else if (limit.train > 0 && compress.enabled && compress.calibrationImages > limit.train - Math.floor(limit.train / 6)) {
    const rows = limit.train - Math.floor(limit.train / 6);
    problems.push({ path: 'compress.calibrationImages', message: `got ${compress.calibrationImages}, expected at most the ${rows} training rows that ingest.limit.train leaves` });
  }
  const timed = Math.min(shardSize, limit.test || shardSize);
  if (evaluate.enabled && evaluate.latencyImages > timed) {
    problems.push({ path: 'evaluate.latencyImages', message: `got ${evaluate.latencyImages}, expected at most the ${timed} images of the first test shard` });
  }
  return problems;
}
