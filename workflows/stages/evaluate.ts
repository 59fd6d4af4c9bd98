import type { EvaluatedCandidates } from '../../shared/contracts/records.js';
import { ENSEMBLE } from '../../shared/ensemble-methods.js';
import type { RunHeadline } from '../../shared/run.js';
import type { Candidate } from '../candidate.js';
import { calibrateCandidates } from './calibrate.js';
import { explainNetworks, explainSteps } from './explain.js';
import { gateVariants, gateWanted } from './gate.js';
import { keepKeys } from '../keep-keys.js';
import { outputOf } from '../output-of.js';
import { cpu, records, trainCpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { markBestAccuracy } from '../search-attributes.js';

/** What the last look at the test set gave. */
export interface Evaluated {
  readonly table: EvaluatedCandidates;
  readonly best?: NonNullable<RunHeadline['best']>;
}

/**
 * Times the candidates, one after the other and with nothing else of this run going on, calibrates them on validation rows,
 * then compares all of them on the test labels, which are read here and nowhere before; last, what networks' answers rest on is drawn.
 */
export async function evaluateStage(run: RunScope, data: RunData, candidates: readonly Candidate[]): Promise<Evaluated> {
  const { config, status } = run;
  const handles = candidates.map(({ handle }) => handle);
  const timed = config.evaluate.latencyImages > 0 ? handles.slice(0, timedCount(candidates)) : [];

  const steps = timed.length + (config.evaluate.calibration?.enabled ? candidates.length : 0) + (gateWanted(run, candidates) ? 1 : 0) + 1 + explainSteps(run, candidates);
  return status.stage('evaluate', steps, async () => {
    const keys: string[] = [];
    for (const candidate of timed) {
      const input = { candidate, dataset: data.dataset, images: config.evaluate.latencyImages };
      const call = trainCpu.measure.executeWithOptions({ summary: `${candidate.name}: latency of ${input.images} images` }, [input]);
      keys.push(status.count('evaluate', await call).key);
    }
    const measured = await keepKeys(records, keys);
    const gate = await gateVariants(run, data, candidates, measured);
    const calibrated = await calibrateCandidates(run, data, candidates);
    const { compare = [] } = config.evaluate;
    const reference = handles.find(({ name }) => name === ENSEMBLE)?.name;
    const input = { dataset: data.dataset, candidates: handles, calibrated, randomState: config.randomState, ...(reference !== undefined && { reference }), ...(compare.length > 0 && { compare }) };
    const result = status.count('evaluate', await cpu.evaluate.executeWithOptions({ summary: `${handles.length} models` }, [input]));
    const figures = Object.entries(result.summary.accuracy).map(([name, testAccuracy]) => ({ name, testAccuracy }));
    for (const { name, testAccuracy } of figures) status.model(name, { state: 'done', fraction: 1, metrics: { testAccuracy } });
    const chosen = chosenOf(candidates)?.handle.name;
    const best = figures.find(({ name }) => name === chosen);
    if (best) markBestAccuracy(best.testAccuracy);
    await explainNetworks(run, data, candidates);
    return { table: { candidates: handles, evaluation: outputOf(result, 'evaluation'), measured, calibrated, ...(gate && { gate }) }, ...(best && { best }) };
  });
}

/** The candidate that the run is known by, chosen on validation rows: the best ensemble, or without one the model that was most accurate on them. */
function chosenOf(candidates: readonly Candidate[]): Candidate | undefined {
  const models = candidates.filter(({ role }) => role === 'model').toSorted((a, b) => b.validationAccuracy - a.validationAccuracy);
  return candidates.find(({ handle }) => handle.name === ENSEMBLE) ?? models[0];
}

/** Every candidate but those that come last: the ensembles behind the best one, which ask the same models, and further seeds, which are as fast as the first. */
function timedCount(candidates: readonly Candidate[]): number {
  return candidates.findLastIndex(({ role, handle }) => role !== 'seed' && (role !== 'ensemble' || handle.name === ENSEMBLE)) + 1;
}
