import type { ArtifactRef } from '../../shared/artifact.js';
import type { EvaluateSummary } from '../../shared/contracts/steps.js';
import type { LatencyMeasurement } from '../../shared/metrics.js';
import type { Candidate } from '../candidate.js';
import { outputOf } from '../output-of.js';
import { cpu, trainCpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { markBestAccuracy } from '../search-attributes.js';

/** What the last look at the test set gave. */
export interface Evaluated {
  readonly evaluation: ArtifactRef;
  readonly summary: EvaluateSummary;
  readonly latency: ReadonlyMap<string, LatencyMeasurement>;
}

/**
 * Times every candidate, one after the other and with nothing else of this run going on, then compares all of them on
 * the test labels, which are read here and nowhere before.
 */
export async function evaluateStage(run: RunScope, data: RunData, candidates: readonly Candidate[]): Promise<Evaluated> {
  const { config, status } = run;
  const timed = config.evaluate.latencyImages > 0 ? candidates : [];

  return status.stage('evaluate', timed.length + 1, async () => {
    const latency = new Map<string, LatencyMeasurement>();
    for (const candidate of timed) latency.set(candidate.name, await timeOne(run, data, candidate));
    const models = candidates.map(({ name, testProba, of }) => ({ name, testProba, ...(of !== undefined && { of }) }));
    const reference = candidates.find(({ kind }) => kind === 'stack')?.name;
    const call = cpu.evaluate.executeWithOptions({ summary: `${models.length} models` }, [{ dataset: data.dataset, models, ...(reference !== undefined && { reference }) }]);
    const result = status.count('evaluate', await call);
    const { accuracy } = result.summary;
    for (const [name, testAccuracy] of Object.entries(accuracy)) status.model(name, { state: 'done', fraction: 1, metrics: { testAccuracy } });
    markBestAccuracy(Math.max(...Object.values(accuracy)));
    return { evaluation: outputOf(result, 'evaluation'), summary: result.summary, latency };
  });
}

async function timeOne({ config, status }: RunScope, { dataset }: RunData, { name, timing }: Candidate): Promise<LatencyMeasurement> {
  const input = { name, ...timing, dataset, images: config.evaluate.latencyImages };
  const result = await trainCpu.measure.executeWithOptions({ summary: `${name}: latency of ${input.images} images` }, [input]);
  status.count('evaluate', result);
  const { runtime, p50Ms, p99Ms, imagesPerSecond } = result.summary;
  return { runtime, p50Ms, p99Ms, imagesPerSecond };
}
