import type { ArtifactRef } from '../shared/artifact.js';
import type { VariantConfig } from '../shared/compression.js';
import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { CompressionActivities, CompressNetworkInput, CompressNetworkSummary, QuantizeSummary, ShrinkClassicalSummary } from '../shared/contracts/compression.js';
import { InternalError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { GroupDeps, StepActivityDeps } from './activity-deps.js';
import { untrainedFacts } from './export-facts.js';
import { modelInputs } from './model-inputs.js';
import { inputParam, threadsOf } from './model-params.js';
import { outputIn } from './output-in.js';
import { artifactOf } from './read-candidates.js';
import { trainingProgress } from './training-progress.js';

/** Compressed variants of fitted models. None sees a test label. */
export function createCompressionActivities({ read, run, manifestOf }: GroupDeps, deps: Pick<StepActivityDeps, 'signalProgress' | 'log'>): Pick<CompressionActivities, 'quantize' | 'compressNetwork' | 'shrinkClassical'> {
  const teacherRefs = async (teacher: CompressNetworkInput['teacher']): Promise<Record<string, ArtifactRef[]>> => {
    if (!teacher) return {};
    if ('network' in teacher) return { teacher: [artifactOf(await read.candidate(teacher.network), 'model')] };
    const joined = await Promise.all(teacher.outOfFold.map(manifestOf));
    return { teacherProba: joined.map((manifest) => outputIn(manifest, 'outOfFold')) };
  };

  return {
    async quantize({ candidate, form = 'int8', dataset, calibrationImages, licence, randomState }) {
      const { train, test, validationRows } = await read.dataset(dataset);
      const entry = await read.candidate(candidate);
      const model = artifactOf(entry, 'model');
      const name = `${entry.name}-${form}`;
      return run<QuantizeSummary>({
        step: 'quantize',
        label: name,
        params: { facts: factsOf(entry, name, licence), form, ...(form === 'int8' && { calibrationImages }), validationRows, threads: entry.config ? threadsOf(entry.config) : 1 },
        randomState,
        inputs: {
          model: [model],
          validationProba: [artifactOf(entry, 'validationProba')],
          images: train.images.map(({ ref }) => ref),
          labels: [train.labels],
          testImages: test.images.map(({ ref }) => ref),
        },
      });
    },

    async compressNetwork({ name, candidate, dataset, plan: { of: _, distil, ...plan }, teacher, licence, randomState, progressTo }) {
      const { train, test, validationRows } = await read.dataset(dataset);
      const entry = await read.candidate(candidate);
      const model = artifactOf(entry, 'model');
      const threads = entry.config ? threadsOf(entry.config) : 1;
      const recipe: JsonObject = { threads, ...sightOf(entry.config?.params), ...plan.recipe };
      const step = 'compress-network';
      const told: JsonObject = { plan: { ...plan, recipe, ...(distil && { distil: taughtBy(distil) }) }, validationRows, threads: recipe['threads'] ?? threads };
      return run<CompressNetworkSummary>({
        step,
        label: name,
        params: { facts: factsOf(entry, name, licence), ...told },
        randomState,
        seedFrom: { step, params: { name, trainingDigest: model.digest, ...told } }, // what files say changes no weight
        inputs: {
          model: [model],
          validationProba: [artifactOf(entry, 'validationProba')],
          images: train.images.map(({ ref }) => ref),
          labels: [train.labels],
          testImages: test.images.map(({ ref }) => ref),
          ...(await teacherRefs(teacher)),
        },
        onProgress: trainingProgress(deps, progressTo, name),
      });
    },

    async shrinkClassical({ candidate, dataset, features, mostLost }) {
      const { train, validationRows } = await read.dataset(dataset);
      const entry = await read.candidate(candidate);
      const { name, config } = entry;
      if (!config) throw new InternalError(`${name} is to be made smaller, but is no model of its own.`);
      const of = { dataset, ...(features && { features }) };
      const test = Object.entries(await modelInputs(read, config.input, { ...of, split: 'test' })).map(([role, refs]) => [`test:${role}`, refs]);
      return run<ShrinkClassicalSummary>({
        step: 'shrink-classical',
        label: `${name}-small`,
        params: { kind: config.kind, input: inputParam(config), mostLost, validationRows, threads: threadsOf(config) },
        inputs: { ...(await modelInputs(read, config.input, { ...of, split: 'train' })), ...Object.fromEntries(test), labels: [train.labels], model: [artifactOf(entry, 'model')] },
      });
    },
  };
}

/** What the files of a network's variant say of it. */
function factsOf({ config }: CandidateEntry, name: string, licence = 'not stated'): JsonObject {
  return untrainedFacts({ name, input: config?.input ?? 'pixels', licence });
}

/** How it is taught, the teacher left out, whose bytes the step is given. */
function taughtBy({ teacher: _, ...how }: NonNullable<VariantConfig['distil']>): JsonObject {
  return how;
}

/** How a network sees its training images: its variants see them so too. */
function sightOf(params: JsonObject = {}): JsonObject {
  return Object.fromEntries(['augment', 'maxShift'].flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])));
}
