import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { ExtractFeaturesInput, FitModelInput, RunActivities, StepActivities } from '../../shared/contracts/steps.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepResult } from '../../shared/step.js';
import { digestOf } from '../../storage/digest.js';

export type FakeActivities = StepActivities & RunActivities;

/** What the fakes were asked to do, in the order in which they began. */
export interface Call {
  readonly activity: string;
  readonly input: unknown;
}

/** Activities that compute nothing: each answer is a function of its input, and `calls` keeps what was asked. */
export function fakeSteps(overrides: Partial<FakeActivities> = {}, shards = { train: 6, test: 1 }): { activities: FakeActivities; calls: Call[] } {
  const calls: Call[] = [];
  const fakes: FakeActivities = {
    ingest: async (input) => step('ingest', input, ['dataset'], {
      trainRows: 60_000, validationRows: 10_000, testRows: 10_000, trainShards: shards.train, testShards: shards.test,
    }),
    augmentShard: async (input) => step('augment', input, ['images'], { rows: 5 * 10_000 }),
    indexAugmented: async (input) => step('indexAugmented', input, ['dataset'], {}),
    analyse: async (input) => step(input.step, input, ['found'], {}),
    fitFold: async (input) => step(`fold-${input.model.kind}`, input, ['rows', 'proba', 'testProba'], { accuracy: 0.97 }),
    indexAnalysis: async (input) => step('indexAnalysis', input, ['analysis'], {}),
    extractFeatures: async (input: ExtractFeaturesInput) => step('extractFeatures', input, input.families, {}),
    indexFeatures: async (input) => step('indexFeatures', input, ['features'], {}),
    fitModel: async (input: FitModelInput) => step(`fit-${input.model.kind}`, input, ['model', 'validationProba'], {
      validationAccuracy: 0.98, parameters: 1_000, device: 'cpu', curve: Array.from({ length: 200 }, (_, i) => 1 / (i + 3)),
    }),
    predictTest: async (input) => step(`predict-${input.fitted.config.kind}`, input, ['testProba'], {}),
    stack: async (input) => step('stack', input, ['model', 'validationProba', 'testProba'], { parameters: 310, validationAccuracy: 0.99 }),
    quantize: async (input) => step('quantize', input, ['tflite', 'validationProba', 'testProba'], { bytes: 500, parameters: 1_000, validationAccuracy: 0.97 }),
    measure: async (input) => step(`measure-${input.kind}`, input, [], { runtime: 'fake 1.0', p50Ms: 1, p99Ms: 2, imagesPerSecond: 900 }),
    evaluate: async (input) => {
      const figures = Object.fromEntries(input.models.map(({ name }, i) => [name, 0.97 + i / 1_000]));
      return step('evaluate', input, ['evaluation'], { accuracy: figures, logLoss: figures, ece: figures });
    },
    report: async (input) => step('report', input, ['report'], {}),
    recordRun: async () => null,
    movePointer: async () => undefined,
  };
  const all = { ...fakes, ...overrides };
  const recorded = Object.entries(all).map(([activity, run]) => {
    const answer = async (input: never): Promise<unknown> => {
      calls.push({ activity, input });
      return (run as (input: never) => Promise<unknown>)(input);
    };
    return [activity, answer] as const;
  });
  return { activities: Object.fromEntries(recorded) as unknown as FakeActivities, calls };
}

/** A made-up answer of a step: the same input gives the same key and the same digests. */
export function step<S extends JsonObject>(name: string, input: unknown, roles: readonly string[], summary: S): StepResult<S> {
  const key = digestOf(`${name} ${JSON.stringify(input, (field, value: unknown) => (field === 'progressTo' ? undefined : value))}`);
  const outputs = Object.fromEntries(roles.map((role) => [role, ref(`${key} ${role}`)]));
  return { step: name, key, outputs, summary, cached: false, seconds: 0.5, computedSeconds: 0.5, attempt: 1 };
}

/** A reference to bytes that nobody stored. */
export function ref(text: string): ArtifactRef {
  return { digest: digestOf(text), bytes: 123_456, mediaType: MEDIA.npy };
}
