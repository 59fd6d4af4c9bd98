import type { PipelineConfig } from '../shared/config.js';
import { OUT_OF_FOLD } from '../shared/ensemble-methods.js';
import { modelFits } from '../shared/model-fits.js';
import type { ConfigProblem } from './config-problem.js';

/** What the ensembles lack: models, methods, or a headline that is one of them. */
export function ensembleProblems({ train, ensemble }: PipelineConfig): ConfigProblem[] {
  if (!train.enabled || !ensemble.enabled) return [];
  const { methods, outOfFold, headline, seeds } = ensemble;
  const models = seeds === 'first' ? Object.keys(train.models) : modelFits(train.models);
  const problems: ConfigProblem[] = [];
  if (models.length < 2) {
    problems.push({ path: 'ensemble.enabled', message: `is on, but there ${models.length === 1 ? 'is 1 model' : 'are 0 models'}: an ensemble needs at least 2, or one with several seeds` });
  }
  const names = [...methods, ...outOfFold.methods.map((method) => `${method}${OUT_OF_FOLD}`)];
  if (names.length === 0) problems.push({ path: 'ensemble.methods', message: 'is empty, but ensemble is on: name a method here or in ensemble.outOfFold.methods, or switch ensemble off' });
  if (headline !== 'best' && names.length > 0 && !names.includes(headline)) {
    problems.push({ path: 'ensemble.headline', message: `got "${headline}", expected "best" or an ensemble of this run: ${names.join(', ')}` });
  }
  return [...problems, ...foldProblems(train.models, outOfFold)];
}

function foldProblems(models: PipelineConfig['train']['models'], { methods, models: folded }: PipelineConfig['ensemble']['outOfFold']): ConfigProblem[] {
  if (methods.length === 0) return [];
  const problems: ConfigProblem[] = [];
  if (folded.length < 2) {
    problems.push({ path: 'ensemble.outOfFold.models', message: `names ${folded.join(', ') || 'no model'}, but ensemble.outOfFold.methods joins at least 2: name more, or no methods` });
  }
  for (const [i, name] of folded.entries()) {
    const path = `ensemble.outOfFold.models.${i}`;
    const model = models[name];
    if (!model) problems.push({ path, message: `got "${name}", expected a name in train.models (${Object.keys(models).join(', ')})` });
    else if (model.rows === 'expanded') problems.push({ path, message: `got "${name}", which is fitted on augmented rows: folds are of the original ones, so its probabilities there would not be those of the model` });
  }
  return problems;
}
