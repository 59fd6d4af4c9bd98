import { InvalidConfigError } from '../shared/errors.js';

/** One thing wrong with a run's settings. */
export interface ConfigProblem {
  /** Where, as `--set` spells it: `train.models.xgboost.params.rounds`; empty for the whole. */
  readonly path: string;
  /** What was got and what is allowed. */
  readonly message: string;
}

/** Settings that cannot be honoured: all that is wrong with them at once. Temporal and the command line know it as InvalidConfigError. */
export class ConfigProblemsError extends InvalidConfigError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], from: string) {
    const lines = problems.map(({ path, message }) => `  ${path || '(whole)'}: ${message}`);
    super(`${problems.length === 1 ? 'One problem' : `${problems.length} problems`} in ${from}:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
