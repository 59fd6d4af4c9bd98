import { CancellationScope, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import type { ArtifactRef } from '../shared/artifact.js';
import { LATEST } from '../shared/pointers.js';
import type { RunHeadline, SourceFile } from '../shared/run.js';
import type { RunArguments } from '../shared/run-arguments.js';
import { runInput } from '../shared/run-arguments.js';
import type { Candidate } from './candidate.js';
import { keepKeys } from './keep-keys.js';
import { lastRecords, records } from './proxies.js';
import { runFacts } from './run-facts.js';
import type { RunData, RunScope } from './run-scope.js';
import { RunStatus } from './run-status.js';
import { markPreset, markStage } from './search-attributes.js';
import { analyseStage, checkData } from './stages/analyse.js';
import type { Opinion } from './stages/analyse.js';
import { augmentStage } from './stages/augment.js';
import { compressStage } from './stages/compress.js';
import { ensembleStage } from './stages/ensemble.js';
import { exportStage } from './stages/export.js';
import { evaluateStage } from './stages/evaluate.js';
import type { Evaluated } from './stages/evaluate.js';
import { foldStage } from './stages/fold.js';
import type { Folded } from './stages/fold.js';
import { featuresStage } from './stages/features.js';
import { auditLabels, indexFindings } from './stages/findings.js';
import { impactStage } from './stages/impact.js';
import { ingestStage } from './stages/ingest.js';
import { reportStage } from './stages/report.js';
import { trainStage } from './stages/train.js';

/**
 * One run: from files of digits to measured models and a report. Every arrow is a reference to an artifact; a section
 * that is off is left out. The run's id is the workflow's, so that scheduled runs have one each.
 */
export async function pipeline(...args: RunArguments): Promise<RunHeadline> {
  const { config, source } = runInput(...args);
  const startedAt = Date.now();
  const runId = workflowInfo().workflowId;
  const run: RunScope = { runId, config, status: new RunStatus(runId, config) };
  markPreset(config.preset);
  try {
    const headline = await recordFinished(run, startedAt, await stages(run, source));
    await records.movePointer.executeWithOptions({ summary: LATEST }, [{ name: LATEST, target: runId }]);
    markStage('finished');
    return headline;
  } catch (error) {
    await recordEnd(run, startedAt, isCancellation(error) ? 'cancelled' : 'failed');
    throw error;
  }
}

/** What the stages gave. */
interface Outcome {
  readonly dataset: ArtifactRef;
  readonly candidates: readonly Candidate[];
  readonly evaluated?: Evaluated;
  readonly analysis?: ArtifactRef;
  readonly report?: ArtifactRef;
  readonly exported: readonly ArtifactRef[];
}

/** Every stage that is on, in order. */
async function stages(run: RunScope, source: readonly SourceFile[]): Promise<Outcome> {
  const { config } = run;
  const ingested = await ingestStage(run, source);
  if (config.analyse.enabled) await checkData(run, ingested);
  const data = config.augment.enabled ? await augmentStage(run, ingested) : ingested;
  const { candidates, opinions, features } = await makeCandidates(run, data);
  const exported = await exportStage(run, { ...data, ...(features && { features }) }, candidates);

  const evaluated = config.evaluate.enabled ? await evaluateStage(run, data, candidates) : undefined;
  if (evaluated && config.analyse.enabled && config.analyse.labelErrors.folds > 0) await auditLabels(run, data, candidates, opinions);
  const analysis = await indexFindings(run);
  const report = evaluated && config.report.enabled ? await reportStage(run, data, { evaluated: evaluated.table, ...(analysis && { analysis }), ...(exported.length > 0 && { exported }) }) : undefined;
  return { dataset: data.dataset, candidates, exported, ...(evaluated && { evaluated }), ...(analysis && { analysis }), ...(report && { report }) };
}

/** Keeps the whole result in the store, and gives its headline. */
async function recordFinished(run: RunScope, startedAt: number, { dataset, candidates, evaluated, analysis, report, exported }: Outcome): Promise<RunHeadline> {
  const facts = runFacts(run, startedAt, dataset);
  await records.recordRun.executeWithOptions({ summary: run.runId }, [{
    run: facts,
    ...(evaluated && { evaluated: evaluated.table }),
    computed: candidates.flatMap(({ cached }, place) => (cached ? [] : [place])),
    ...(analysis && { analysis }),
    ...(report && { report }),
    ...(exported.length > 0 && { exported }),
    keys: await keepKeys(records, run.status.keys()),
  }]);
  const { runId, seconds, computedSeconds, cached } = facts;
  return { runId, seconds, computedSeconds, cached, ...(evaluated?.best && { best: evaluated.best }) };
}

/**
 * Keeps the steps of a run that did not finish, so that `explain-cache` and garbage collection know of them. The run ends as it
 * ended, whether or not the store answers in time.
 */
async function recordEnd(run: RunScope, startedAt: number, state: 'failed' | 'cancelled'): Promise<void> {
  const keys = run.status.keys();
  if (keys.length === 0) return;
  const facts = { ...runFacts(run, startedAt), state };
  try {
    await CancellationScope.nonCancellable(async () => {
      const lists = await keepKeys(lastRecords, keys);
      await lastRecords.recordRun.executeWithOptions({ summary: `${run.runId} ${state}` }, [{ run: facts, computed: [], keys: lists }]);
    });
  } catch (error) {
    log.warn('the steps of a run that did not finish could not be recorded', { run: run.runId, error });
  }
}

interface Made {
  readonly candidates: readonly Candidate[];
  readonly opinions: readonly Opinion[];
  /** FeatureManifest, where the section is on. */
  readonly features: ArtifactRef | undefined;
}

/** Features, models, ensemble and variants; the data is analysed and augmentations are compared beside them. The first failure ends them all. */
async function makeCandidates(run: RunScope, data: RunData): Promise<Made> {
  const { config } = run;
  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const features = config.features.enabled ? featuresStage(run, data) : Promise.resolve(undefined);
    const models = features.then(async (table) => (config.train.enabled ? trainStage(run, { ...data, ...(table && { features: table }) }) : []));
    const folded = features.then((table) => (foldsWanted(config) ? foldStage(run, data, table) : []));
    const candidates = Promise.all([models, folded, features]).then(([trained, folds, table]) => combine(run, { ...data, ...(table && { features: table }) }, trained, folds));
    const analysis = config.analyse.enabled ? analyseStage(run, data, { features, models, folded }) : Promise.resolve([]);
    const { impact } = config.augment;
    const compared = config.augment.enabled && impact?.enabled ? impactStage(run, data, impact) : Promise.resolve();
    try {
      const [made, opinions] = await Promise.all([candidates, analysis, compared]);
      return { candidates: made, opinions, features: await features };
    } catch (error) {
      scope.cancel();
      await Promise.allSettled([candidates, analysis, models, folded, compared]);
      throw error;
    }
  });
}

function foldsWanted({ ensemble, train }: RunScope['config']): boolean {
  return train.enabled && ensemble.enabled && ensemble.outOfFold.methods.length > 0;
}

async function combine(run: RunScope, data: RunData, models: readonly Candidate[], folded: readonly Folded[]): Promise<Candidate[]> {
  const { ensemble, compress } = run.config;
  const own = models.filter(({ role }) => role === 'model');
  const [headline, ...others] = ensemble.enabled ? await ensembleStage(run, data, ensemble.seeds === 'first' ? own : models, folded) : [];
  const variants = compress.enabled ? await compressStage(run, data, models, folded) : [];
  return [...own, ...(headline ? [headline] : []), ...variants, ...others, ...models.filter(({ role }) => role === 'seed')];
}
