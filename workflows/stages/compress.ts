import type { Candidate } from '../candidate.js';
import { compressNetwork } from '../compress-network.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import { trainCpu } from '../proxies.js';
import { recordCandidate } from '../record-candidate.js';
import { shrinkClassical } from '../shrink-classical.js';
import type { RunData, RunScope } from '../run-scope.js';
import type { Folded } from './fold.js';
import { indexSection } from './index-section.js';
import { trainFront, triedSteps, tryPlans } from './search-variants.js';

/** Makes smaller variants of models: int8 ones (`<name>-int8`), networks compressed by training, and classical ones (`<name>-small`). Each has figures of its own. */
export async function compressStage(run: RunScope, data: RunData, models: readonly Candidate[], folded: readonly Folded[]): Promise<Candidate[]> {
  const { compress } = run.config;
  const quantised = models.filter(({ handle: { name } }) => compress.models.includes(name));
  const variants = Object.entries(compress.variants ?? {});
  const { models: shrunk = [], mostLost = 0 } = compress.classical ?? {};
  const classical = models.filter(({ handle: { name } }) => shrunk.includes(name));
  const jobs = [...quantised.map((model) => () => quantise(run, data, model)), ...variants.map(([name, plan]) => () => compressNetwork(run, data, { name, plan, models, folded })), ...classical.map((model) => () => shrinkClassical(run, data, model, mostLost))];
  const { search } = compress;
  const given = { models, folded };
  const steps = jobs.length + (search ? triedSteps(search) : 0);
  const { made, tried } = await run.status.stage('compress', steps, async () => ({
    made: await fanOut(jobs, jobs.length, (job) => job()), tried: search && (await tryPlans(run, data, search, given)),
  }));
  if (!search || !tried) return made;
  const { front } = tried;
  return [...made, ...(await run.status.stage('compress', steps + front.length + 1 + (indexSection(run.config) === 'compress' ? 1 : 0), () => trainFront(run, data, search, tried, given)))];
}

async function quantise({ config, status }: RunScope, { dataset }: RunData, { handle, cached }: Candidate): Promise<Candidate> {
  const input = { candidate: handle, dataset, calibrationImages: config.compress.calibrationImages, randomState: config.randomState };
  const result = status.count('compress', await trainCpu.quantize.executeWithOptions({ summary: `${handle.name} to int8` }, [input]));
  const { parameters, validationAccuracy } = result.summary;
  const { onnx } = result.outputs; // none of runs that began when there was the .tflite file alone
  const artifacts = { tflite: outputOf(result, 'tflite'), ...(onnx && { onnx }), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
  return recordCandidate(
    { name: `${handle.name}-int8`, modelKind: onnx ? 'onnx' : 'tflite', of: handle, artifacts, parameters, fit: result.key },
    { role: 'variant', validationAccuracy, cached: cached && result.cached },
  );
}
