import type { PipelineConfig } from '../shared/config.js';
import { ENSEMBLE_NAMES } from '../shared/ensemble-methods.js';
import { CALIBRATED_FORMATS } from '../shared/export-formats.js';
import { quantisedVariants } from '../shared/quantised-variants.js';
import { variantGrid } from '../shared/variant-grid.js';
import type { ConfigProblem } from './config-problem.js';

/** Names of what the run does not make, and more calibration images than there are training rows. */
export function exportProblems({ train, ensemble, compress, export: settings, ingest: { limit } }: PipelineConfig): ConfigProblem[] {
  if (!train.enabled || !settings?.enabled) return [];
  const { models, formats, calibrationImages } = settings;
  const names = Object.keys(train.models);
  const variants = compress.enabled ? variantNames(compress) : [];
  const isMade = (name: string): boolean => [...names, ...variants].includes(name) || (ensemble.enabled && ENSEMBLE_NAMES.includes(name));
  const problems = (models === 'all' ? [] : models).flatMap((name, i): ConfigProblem[] => (isMade(name) ? [] : [{
    path: `export.models.${i}`, message: `got "${name}", expected a model (${names.join(', ')}), an ensemble or a variant of this run`,
  }]));
  const rows = limit.train - Math.floor(limit.train / 6); // the rest is for validation
  if (limit.train >= 60 && calibrationImages > rows && formats.some((format) => CALIBRATED_FORMATS.includes(format))) {
    problems.push({ path: 'export.calibrationImages', message: `got ${calibrationImages}, expected at most the ${rows} training rows that ingest.limit.train leaves` });
  }
  return problems;
}

/** What the section may make; of a search whatever is on its grid. */
function variantNames({ models, variants = {}, classical, search }: PipelineConfig['compress']): string[] {
  const small = (classical?.models ?? []).map((name) => `${name}-small`);
  return [...quantisedVariants(models).map(({ name }) => name), ...small, ...Object.keys(variants), ...(search ? variantGrid(search).map(({ name }) => name) : [])];
}
