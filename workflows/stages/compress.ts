import { quantisedVariants } from '../../shared/quantised-variants.js';
import type { QuantisedVariant } from '../../shared/quantised-variants.js';
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

/** Makes smaller variants of models: quantised ones (`<name>-int8` and the like), networks compressed by training, and classical ones (`<name>-small`). Each has figures of its own. */
export async function compressStage(run: RunScope, data: RunData, models: readonly Candidate[], folded: readonly Folded[]): Promise<Candidate[]> {
  const { compress } = run.config;
  const wanted = quantisedVariants(compress.models);
  const quantised = models.flatMap((model) => wanted.filter((variant) => variant.model === model.handle.name).map((variant) => ({ model, variant })));
  const variants = Object.entries(compress.variants ?? {});
  const { models: shrunk = [], mostLost = 0 } = compress.classical ?? {};
  const classical = models.filter(({ handle: { name } }) => shrunk.includes(name));
  const jobs = [...quantised.map(({ model, variant }) => () => quantise(run, data, model, variant)), ...variants.map(([name, plan]) => () => compressNetwork(run, data, { name, plan, models, folded })), ...classical.map((model) => () => shrinkClassical(run, data, model, mostLost))];
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

async function quantise({ config, status }: RunScope, { dataset }: RunData, { handle, cached }: Candidate, { name, form }: QuantisedVariant): Promise<Candidate> {
  const input = { candidate: handle, form, dataset, calibrationImages: config.compress.calibrationImages, ...(config.export && { licence: config.export.licence }), randomState: config.randomState };
  const result = status.count('compress', await trainCpu.quantize.executeWithOptions({ summary: `${handle.name} to ${form}` }, [input]));
  const { parameters, validationAccuracy } = result.summary;
  const { onnx } = result.outputs; // none of runs that began when there was the .tflite file alone
  const artifacts = { tflite: outputOf(result, 'tflite'), ...(onnx && { onnx }), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
  return recordCandidate(
    { name, modelKind: onnx ? 'onnx' : 'tflite', of: handle, artifacts, parameters, fit: result.key },
    { role: 'variant', validationAccuracy, cached: cached && result.cached },
  );
}
