import type { Candidate } from '../candidate.js';
import { compressNetwork } from '../compress-network.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { trainCpu } from '../proxies.js';
import { recordCandidate } from '../record-candidate.js';
import type { RunData, RunScope } from '../run-scope.js';
import type { Folded } from './fold.js';

/** Makes smaller variants of models: int8 ones (`<name>-int8`), and networks compressed by training. Each has figures of its own. */
export async function compressStage(run: RunScope, data: RunData, models: readonly Candidate[], folded: readonly Folded[]): Promise<Candidate[]> {
  const { compress } = run.config;
  const quantised = models.filter(({ handle: { name } }) => compress.models.includes(name));
  const variants = Object.entries(compress.variants ?? {});
  const jobs = [...quantised.map((model) => () => quantise(run, data, model)), ...variants.map(([name, plan]) => () => compressNetwork(run, data, { name, plan, models, folded }))];
  return run.status.stage('compress', jobs.length, () => fanOut(jobs, jobs.length, (job) => job()));
}

async function quantise({ config, status }: RunScope, { dataset }: RunData, { handle, cached }: Candidate): Promise<Candidate> {
  const input = { candidate: handle, dataset, calibrationImages: config.compress.calibrationImages, randomState: config.randomState };
  const result = status.count('compress', await trainCpu.quantize.executeWithOptions({ summary: `${handle.name} to int8` }, [input]));
  const { parameters, validationAccuracy } = result.summary;
  const artifacts = { tflite: outputOf(result, 'tflite'), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
  return recordCandidate(
    { name: `${handle.name}-int8`, modelKind: 'tflite', of: handle, artifacts, parameters, fit: result.key },
    { role: 'variant', validationAccuracy, cached: cached && result.cached },
  );
}
