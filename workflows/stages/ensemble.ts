import { ApplicationFailure } from '@temporalio/workflow';
import type { CombineSummary } from '../../shared/contracts/steps.js';
import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import { ENSEMBLE, OUT_OF_FOLD } from '../../shared/ensemble-methods.js';
import type { StepResult } from '../../shared/step.js';
import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { trainCpu } from '../proxies.js';
import { recordCandidate } from '../record-candidate.js';
import type { RunData, RunScope } from '../run-scope.js';
import { ensembleSteps } from './ensemble-steps.js';
import type { Folded } from './fold.js';

/** One ensemble to make: of which models, on which rows. */
interface Planned {
  readonly name: string;
  readonly method: EnsembleMethod;
  readonly models: readonly Candidate[];
  /** Fitted on all training rows; absent: on the validation rows. */
  readonly folded?: readonly Folded[];
}

interface Combined extends Planned {
  readonly result: StepResult<CombineSummary>;
}

/** Steps at once; each is one process. */
const WINDOW = 8;

/**
 * Makes every ensemble, and what their bases have in common. The one with the lowest log-loss on the validation rows, or the one that the
 * settings name, comes first under the name `ensemble`; the others go by their methods.
 */
export async function ensembleStage(run: RunScope, data: RunData, models: readonly Candidate[], folded: readonly Folded[]): Promise<Candidate[]> {
  const { config, status } = run;
  return status.stage('ensemble', ensembleSteps(config), async () => {
    const combined = await fanOut(plannedOf(config.ensemble, models, folded), WINDOW, (planned) => combine(run, data, planned));
    const best = headlineOf(combined, config.ensemble.headline);
    await findDiversity(run, data, models, best.method);
    return fanOut([best, ...combined.filter((each) => each !== best)], WINDOW, (each) => record(each, each === best ? ENSEMBLE : each.name));
  });
}

function plannedOf({ methods, outOfFold }: RunScope['config']['ensemble'], models: readonly Candidate[], folded: readonly Folded[]): Planned[] {
  const theirs = folded.map(({ name }) => candidateNamed(models, name));
  return [
    ...methods.map((method): Planned => ({ name: method, method, models })),
    ...outOfFold.methods.map((method): Planned => ({ name: `${method}${OUT_OF_FOLD}`, method, models: theirs, folded })),
  ];
}

function candidateNamed(models: readonly Candidate[], name: string): Candidate {
  const found = models.find(({ handle }) => handle.name === name);
  if (found) return found;
  throw ApplicationFailure.nonRetryable(`ensemble.outOfFold.models: got "${name}", expected a name in train.models.`, 'InvalidConfigError');
}

async function combine({ config, status }: RunScope, { dataset }: RunData, planned: Planned): Promise<Combined> {
  const { name, method, models, folded } = planned;
  const input = {
    method, options: config.ensemble.params[method] ?? {}, bases: models.map(({ handle }) => handle),
    ...(folded && { outOfFold: folded.map(({ joined }) => joined) }), dataset, randomState: config.randomState,
  };
  return { ...planned, result: status.count('ensemble', await trainCpu.combine.executeWithOptions({ summary: `${name} of ${models.length} models` }, [input])) };
}

function headlineOf(combined: readonly Combined[], headline: string): Combined {
  const found = headline === 'best'
    ? combined.toSorted((a, b) => a.result.summary.validationLogLoss - b.result.summary.validationLogLoss)[0]
    : combined.find(({ name }) => name === headline);
  if (found) return found;
  const names = combined.map(({ name }) => name).join(', ') || 'none';
  throw ApplicationFailure.nonRetryable(`ensemble.headline: got "${headline}", expected "best" or an ensemble of this run; it has ${names}.`, 'InvalidConfigError');
}

/** What stacking adds to a base takes many fits: the pool, its nearest relative, says it in a fraction of the time. */
async function findDiversity({ config, status }: RunScope, { dataset }: RunData, models: readonly Candidate[], headline: EnsembleMethod): Promise<void> {
  const method = headline === 'stack-logistic' || headline === 'stack-xgboost' ? 'log-pool' : headline;
  const input = { method, options: config.ensemble.params[method] ?? {}, bases: models.map(({ handle }) => handle), dataset, randomState: config.randomState };
  const result = status.count('ensemble', await trainCpu.diversity.executeWithOptions({ summary: `${models.length} models, judged by ${method}` }, [input]));
  status.found('diversity', result.key);
}

function record({ name: modelKind, models, folded, result }: Combined, name: string): Promise<Candidate> {
  const { parameters, validationAccuracy } = result.summary;
  const artifacts = { model: outputOf(result, 'model'), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
  return recordCandidate(
    { name, modelKind, bases: models.map(({ handle }) => handle), artifacts, parameters, fit: result.key, ...(folded && { training: folded.map(({ joined }) => joined) }) },
    { role: 'ensemble', validationAccuracy, cached: [result, ...models, ...(folded ?? [])].every(({ cached }) => cached) },
  );
}
