import type { PipelineConfig } from '../shared/config.js';
import { ENSEMBLE, OUT_OF_FOLD } from '../shared/ensemble-methods.js';
import { CALIBRATED_FORMATS } from '../shared/export-formats.js';
import { modelFits } from '../shared/model-fits.js';
import { quantisedVariants } from '../shared/quantised-variants.js';
import { variantGrid } from '../shared/variant-grid.js';
import type { ConfigProblem } from './config-problem.js';

/** Names of what the run cannot make, and more calibration images than there are training rows. */
export function exportProblems({ train, ensemble, compress, export: settings, ingest: { limit } }: PipelineConfig): ConfigProblem[] {
  if (!train.enabled || !settings?.enabled) return [];
  const { models, formats, calibrationImages } = settings;
  const made = [
    ['a model', modelFits(train.models).map(({ name }) => name)],
    ['an ensemble', ensemble.enabled ? ensembleNames(ensemble) : []],
    ['a variant', compress.enabled ? variantNames(compress) : []],
  ] as const;
  const possible = made.filter(([, names]) => names.length > 0).map(([what, names]) => `${what} (${names.join(', ')})`).join(', ');
  const problems = (models === 'all' ? [] : models).flatMap((name, i): ConfigProblem[] => (made.some(([, names]) => names.includes(name)) ? [] : [{
    path: `export.models.${i}`, message: `got "${name}", expected what this run makes: ${possible}`,
  }]));
  const rows = limit.train - Math.floor(limit.train / 6); // the rest is for validation
  if (limit.train >= 60 && calibrationImages > rows && formats.some((format) => CALIBRATED_FORMATS.includes(format))) {
    problems.push({ path: 'export.calibrationImages', message: `got ${calibrationImages}, expected at most the ${rows} training rows that ingest.limit.train leaves` });
  }
  return problems;
}

/** What the section may report; one that is chosen by name is reported as the headline alone. */
function ensembleNames({ methods, outOfFold, headline }: PipelineConfig['ensemble']): string[] {
  return [ENSEMBLE, ...[...methods, ...outOfFold.methods.map((method) => `${method}${OUT_OF_FOLD}`)].filter((name) => name !== headline)];
}

/** What the section may make; of a search whatever is on its grid. */
function variantNames({ models, variants = {}, classical, search }: PipelineConfig['compress']): string[] {
  const small = (classical?.models ?? []).map((name) => `${name}-small`);
  return [...quantisedVariants(models).map(({ name }) => name), ...small, ...Object.keys(variants), ...(search ? variantGrid(search).map(({ name }) => name) : [])];
}
