import { ApplicationFailure } from '@temporalio/workflow';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { MapConfig } from '../../shared/config.js';
import type { AnalyseInput } from '../../shared/contracts/analysis.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepResult } from '../../shared/step.js';
import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { labelErrorModel } from '../label-error-model.js';
import { outputOf } from '../output-of.js';
import { cpu, trainCpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { foldsServeLabelErrors } from './fold.js';

/** What the analysis waits for: it looks at features and at trained networks, and nothing looks at it. */
export interface Awaited {
  readonly features: Promise<ArtifactRef | undefined>;
  readonly models: Promise<readonly Candidate[]>;
  /** The folds of the ensembles, of which the label errors may want some. */
  readonly folded: Promise<unknown>;
}

/** What a model that takes no part in the run's results makes of the test images. */
export interface Opinion {
  readonly name: string;
  readonly testProba: ArtifactRef;
}

/** Images in the lists of the report. */
const LABEL_ERRORS_SHOWN = 60;

/** Fails the run with a sentence for each threshold that the data breaks. */
export async function checkData(run: RunScope, data: RunData): Promise<void> {
  await run.status.stage('analyse', stepsOf(run), async () => {
    await analyse(run, data, { step: 'check-data', label: 'gate', params: { thresholds: { ...run.config.analyse.gate } } });
  });
}

/** Describes the data while the models are trained: trainings are queued first, for they take longest. */
export async function analyseStage(run: RunScope, data: RunData, awaited: Awaited): Promise<readonly Opinion[]> {
  return run.status.stage('analyse', stepsOf(run), async () => {
    let opinions: readonly Opinion[] = [];
    const parts = partsOf(run, data, awaited);
    if (run.config.analyse.labelErrors.folds > 0) parts.push(async () => void (opinions = await findLabelErrors(run, data, await whenQueued(run, awaited.features), awaited.folded)));
    await fanOut(parts, parts.length, (part) => part());
    return opinions;
  });
}

/** The features, once the trainings stand in the queue. */
async function whenQueued({ status }: RunScope, features: Awaited['features']): Promise<ArtifactRef | undefined> {
  const table = await features;
  await status.trainingsQueued();
  return table;
}

function partsOf(run: RunScope, data: RunData, { features, models }: Awaited): (() => Promise<unknown>)[] {
  const { analyse: { neighbours, clusters, variance, selectedColumns }, features: { families }, randomState } = run.config;
  const { validationRows } = data.summary;
  const parts: (() => Promise<unknown>)[] = [() => analyse(run, data, { step: 'describe-data', label: 'description', params: { validationRows } })];
  const ready = (): Promise<ArtifactRef | undefined> => whenQueued(run, features);
  const inProcess = (input: Pick<AnalyseInput, 'step' | 'label'> & { readonly params: JsonObject }): void => {
    parts.push(async () => {
      await ready();
      return analyse(run, data, { ...input, randomState });
    });
  };
  if (neighbours > 0) inProcess({ step: 'analyse-neighbours', label: 'neighbours', params: { validationRows, neighbours } });
  if (clusters.length > 0) inProcess({ step: 'cluster', label: 'clusters', params: { clusters: [...clusters] } });
  if (variance > 0) inProcess({ step: 'reduce', label: 'reductions', params: { validationRows, variance, ldaDimensions: 9 } });
  if (selectedColumns > 0 && run.config.features.enabled) {
    parts.push(async () => {
      const table = await ready();
      return analyse(run, { ...data, ...(table && { features: table }) }, {
        step: 'select-features', label: 'selection', families, randomState,
        params: { families: [...families], validationRows, count: selectedColumns, bins: 16, maxCorrelation: 0.95 },
      });
    });
  }
  for (const [name, { method, of, images }] of mapsOf(run)) {
    const params = { method, of: of === 'pixels' ? 'pixels' : 'network', images, validationRows };
    parts.push(async () => {
      await ready();
      const network = of === 'pixels' ? undefined : (await models).find(({ handle }) => handle.name === of)?.handle;
      return analyse(run, data, { step: 'embed', label: `map-${name}`, params, randomState, ...(network && { candidates: { model: [network] } }) });
    });
  }
  return parts;
}

/** Every training row predicted by a model that did not see it, and what the labels look like in that light. */
async function findLabelErrors(run: RunScope, data: RunData, features: ArtifactRef | undefined, folded: Promise<unknown>): Promise<Opinion[]> {
  const { config, status } = run;
  const { analyse: { labelErrors: { model: name, folds } }, randomState } = config;
  const model = labelErrorModel(config);
  if (!model) throw ApplicationFailure.nonRetryable(`analyse.labelErrors.model: got "${name}", expected a name in train.models.`, 'InvalidConfigError');
  if (foldsServeLabelErrors(config, name)) await folded; // the same steps: their answers are in the store then
  const all = Array.from({ length: folds }, (_, fold) => fold);
  const results = await fanOut(all, folds, async (fold) => {
    const input = { name, dataset: data.dataset, ...(typeof model.input !== 'string' && features && { features }), model, fold, folds, randomState, testRows: true };
    return status.count('analyse', await trainCpu.fitFold.executeWithOptions({ summary: `${name} without fold ${fold + 1}/${folds}` }, [input]));
  });
  await analyse(run, data, {
    step: 'find-label-errors', label: 'label-errors', params: { model: name, shown: LABEL_ERRORS_SHOWN },
    given: { rows: results.map((result) => outputOf(result, 'rows')), proba: results.map((result) => outputOf(result, 'proba')) },
  });
  return results.map((result, fold) => ({ name: `${name} without fold ${fold + 1}`, testProba: outputOf(result, 'testProba') }));
}

/** One step of the section, in a thread or in a process of its own; its key is kept under its label. */
export async function analyse({ status }: RunScope, { dataset, features }: RunData, input: Omit<AnalyseInput, 'dataset' | 'features'>): Promise<StepResult> {
  const queue = IN_THREADS.has(input.step) ? cpu : trainCpu;
  const result = await queue.analyse.executeWithOptions({ summary: input.label }, [{ ...input, dataset, ...(input.families && features && { features }) }]);
  status.found(input.label, result.key);
  return status.count('analyse', result);
}

const IN_THREADS: ReadonlySet<AnalyseInput['step']> = new Set(['check-data', 'describe-data', 'find-label-errors', 'audit-labels', 'contact-sheet']);

/** Networks are shown where there are some. */
function mapsOf({ config: { analyse: { maps }, train } }: RunScope): [string, MapConfig][] {
  return Object.entries(maps).filter(([, { of }]) => of === 'pixels' || train.enabled);
}

/** The gate, the description, the index of it all, and what is switched on. */
function stepsOf(run: RunScope): number {
  const { analyse: { neighbours, clusters, variance, selectedColumns, labelErrors }, evaluate, features } = run.config;
  const single = [neighbours > 0, clusters.length > 0, variance > 0, selectedColumns > 0 && features.enabled].filter(Boolean).length;
  const labels = labelErrors.folds > 0 ? labelErrors.folds + 1 + (evaluate.enabled ? 1 : 0) : 0;
  return 3 + single + mapsOf(run).length + labels;
}
