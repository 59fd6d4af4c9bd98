import { ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { ENSEMBLE_TEACHER } from '../shared/compression.js';
import type { VariantConfig } from '../shared/compression.js';
import type { CandidateHandle } from '../shared/contracts/candidates.js';
import type { CompressNetworkInput, CompressNetworkSummary } from '../shared/contracts/compression.js';
import type { StepResult } from '../shared/step.js';
import type { Candidate } from './candidate.js';
import { outputOf } from './output-of.js';
import { trainCpu } from './proxies.js';
import { recordCandidate } from './record-candidate.js';
import type { RunData, RunScope } from './run-scope.js';
import type { Folded } from './stages/fold.js';
import { paramsWithDocument } from './with-document.js';

/** A variant to be made, and what the run has to make it of. */
export interface PlannedVariant {
  readonly name: string;
  readonly plan: VariantConfig;
  readonly models: readonly Candidate[];
  readonly folded: readonly Folded[];
}

const ROLES = ['model', 'compressed', 'tflite', 'onnx', 'validationProba', 'testProba'];

/** A variant that is trained, and not yet a candidate. */
export interface TrainedVariant {
  readonly of: CandidateHandle;
  readonly result: StepResult<CompressNetworkSummary>;
  /** Keys of the steps whose seconds are part of its training. */
  readonly training: readonly string[];
  readonly cached: boolean;
}

/** Compresses one network by training, and records the variant as a candidate. */
export async function compressNetwork(run: RunScope, data: RunData, planned: PlannedVariant): Promise<Candidate> {
  return recordVariant(planned.name, await trainVariant(run, data, planned));
}

/** Compresses one network by training, which is shown as a model's training is. */
export async function trainVariant({ runId, config, status }: RunScope, { dataset }: RunData, { name, plan, models, folded }: PlannedVariant): Promise<TrainedVariant> {
  const { handle, cached } = modelNamed(models, plan.of, `The variant "${name}"`);
  const teacher = plan.distil && teacherOf(plan.distil.teacher, models, folded);
  status.model(name, { state: 'waiting' });
  try {
    const input: CompressNetworkInput = {
      name, candidate: handle, dataset, plan: { ...plan, ...(plan.recipe && { recipe: paramsWithDocument(plan.recipe, config) }) }, ...(teacher && { teacher: teacher.given }), ...(config.export && { licence: config.export.licence }), randomState: config.randomState, progressTo: runId,
    };
    const result = status.count('compress', await trainCpu.compressNetwork.executeWithOptions({ summary: `${name} of ${handle.name}` }, [input]));
    status.model(name, { state: 'done', fraction: 1, note: '', metrics: { validationAccuracy: result.summary.validationAccuracy } });
    return { of: handle, result, training: teacher?.training ?? [], cached: cached && result.cached && (teacher?.cached ?? true) };
  } catch (error) {
    status.model(name, { state: isCancellation(error) ? 'cancelled' : 'failed' });
    throw error;
  }
}

/** Makes a trained variant a candidate. */
export function recordVariant(name: string, { of, result, training, cached }: TrainedVariant): Promise<Candidate> {
  const { parameters, validationAccuracy } = result.summary;
  const artifacts = Object.fromEntries(ROLES.map((role) => [role, outputOf(result, role)]));
  return recordCandidate({ name, modelKind: 'onnx', of, artifacts, parameters, fit: result.key, ...(training.length > 0 && { training }) }, { role: 'variant', validationAccuracy, cached });
}

interface Teacher {
  readonly given: NonNullable<CompressNetworkInput['teacher']>;
  /** Keys of the steps whose seconds are part of the variant's training. */
  readonly training: readonly string[];
  readonly cached: boolean;
}

/** What folds say of the training rows is by models that did not see them, and goes before what a classical model makes of rows that it learnt. */
function teacherOf(wanted: string, models: readonly Candidate[], folded: readonly Folded[]): Teacher {
  const answering = wanted === ENSEMBLE_TEACHER ? folded : folded.filter(({ name }) => name === wanted);
  const network = models.find(({ handle }) => handle.name === wanted);
  if (wanted !== ENSEMBLE_TEACHER && network && answering.length === 0) return { given: { network: network.handle }, training: [], cached: network.cached };
  if (answering.length === 0) throw ApplicationFailure.nonRetryable(`A teacher "${wanted}" was asked for, but nothing of it is folded: name models in ensemble.outOfFold.`, 'InvalidConfigError');
  const training = answering.map(({ joined }) => joined);
  return { given: { outOfFold: training }, training, cached: answering.every(({ cached }) => cached) };
}

function modelNamed(models: readonly Candidate[], wanted: string, what: string): Candidate {
  const found = models.find(({ handle }) => handle.name === wanted);
  if (found) return found;
  throw ApplicationFailure.nonRetryable(`${what} is of "${wanted}", expected a name in train.models.`, 'InvalidConfigError');
}
