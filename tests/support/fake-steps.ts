import { createRunActivities } from '../../activities/create-run-activities.js';
import { createSearchActivities } from '../../activities/create-search-activities.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { RunActivities } from '../../shared/contracts/records.js';
import type { SearchActivities } from '../../shared/contracts/searches.js';
import type { CombineInput, CombineSummary, ExtractFeaturesInput, FitModelInput, StepActivities } from '../../shared/contracts/steps.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepResult } from '../../shared/step.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import { digestOf } from '../../storage/digest.js';
import type { StepKeyParts } from '../../storage/keys.js';
import { stepKey } from '../../storage/keys.js';
import { writeStepManifest } from '../../storage/manifest.js';
import { MemoryStore } from '../../storage/memory-store.js';

export type FakeActivities = StepActivities & RunActivities & SearchActivities;

/** What the fakes were asked to do, in the order in which they began. */
export interface Call {
  readonly activity: string;
  readonly input: unknown;
}

/** Where the fakes of a test file keep their book. */
export const FAKE_STORE = new MemoryStore();

/**
 * Activities that compute nothing: each answer is a function of its input, and `calls` keeps what was asked. Their manifests are in
 * `store`, so that the book-keeping, which is the real one, finds what it looks for; pointers stay where they are.
 */
export function fakeSteps(overrides: Partial<FakeActivities> = {}, shards = { train: 6, test: 1 }, store: ArtifactStore = FAKE_STORE): { activities: FakeActivities; calls: Call[] } {
  const calls: Call[] = [];
  const steps: StepActivities = {
    ingest: async (input) => step('ingest', input, ['dataset'], {
      trainRows: 60_000, validationRows: 10_000, testRows: 10_000, trainShards: shards.train, testShards: shards.test,
    }),
    augmentShard: async (input) => step('augment', input, ['images'], { rows: 5 * 10_000 }),
    augmentationImpact: async (input) => step('augmentation-impact', input, ['impact'], { take: 'section' }),
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
    joinFolds: async (input) => step('join-folds', input, ['outOfFold'], { accuracy: 0.97, logLoss: 0.1 }),
    combine: async (input) => step(`combine-${input.method}`, input, ['model', 'validationProba', 'testProba'], combined(input)),
    diversity: async (input) => step('diversity', input, ['diversity'], {}),
    quantize: async (input) => step('quantize', input, ['tflite', 'onnx', 'validationProba', 'testProba'], { form: 'int8', parameters: 1_000, tfliteBytes: 500, onnxBytes: 600, validationAccuracy: 0.97 }),
    compressNetwork: async (input) => step('compress-network', input, ['model', 'compressed', 'tflite', 'onnx', 'validationProba', 'testProba'], { parameters: 500, tfliteBytes: 400, codedBytes: 300, multiplyAdds: 10_000, validationAccuracy: 0.975 }),
    exportModel: async (input) => {
      const record = { kind: 'export', model: input.candidate.name, format: input.format, file: `${input.candidate.name}.${input.format}`, bytes: 123_456, size: 123_456 };
      const made = await store.put(new TextEncoder().encode(JSON.stringify(record)), MEDIA.json);
      const result = step('export', input, ['file'], {});
      return { ...result, outputs: { ...result.outputs, export: made } };
    },
    refuseExport: async (input) => {
      const { model, format, reason } = input;
      const made = await store.put(new TextEncoder().encode(JSON.stringify({ kind: 'export', model, format, refused: reason })), MEDIA.json);
      return { ...step('refuse-export', input, [], {}), outputs: { export: made } };
    },
    shrinkClassical: async (input) => step('shrink-classical', input, ['model', 'validationProba', 'testProba'], { how: '50 % of the trees', parameters: 300, validationAccuracy: 0.96 }),
    searchFront: async (input) => step('search-front', input, ['search'], { front: (input.full.length > 0 ? input.full : input.first).filter((_, at) => at % 2 === 0).map(({ name }) => name) }),
    gateVariants: async (input) => {
      const variants = input.candidates.filter(({ name }) => /-int8$/.test(name)).map(({ name }) => ({ name, of: '', passed: true, chosen: true, reasons: [], bytes: 1, bytesBefore: 2, validationAccuracy: 0.97, validationAccuracyBefore: 0.98, onlyModelRight: 1, onlyVariantRight: 0, pValue: 1 }));
      const gate = await store.put(new TextEncoder().encode(JSON.stringify({ kind: 'compression-gate', gate: input.gate, variants })), MEDIA.json);
      return { ...step('gate-variants', input, [], {}), outputs: { gate } };
    },
    measure: async (input) => step('measure', input, [], { runtime: 'fake 1.0', p50Ms: 1, p99Ms: 2, imagesPerSecond: 900 }),
    calibrate: async (input) => step('calibrate', input, ['calibration'], { method: 'temperature', description: 'temperature 1', logLossBefore: 0.1, logLossAfter: 0.1, eceBefore: 0, eceAfter: 0 }),
    evaluate: async (input) => {
      const models = input.candidates.map(({ name }, i) => ({ name, accuracy: 0.97 + i / 1_000, logLoss: 0.1, ece: 0.01 }));
      const evaluation = await store.put(new TextEncoder().encode(JSON.stringify({ kind: 'evaluation', rows: 10_000, models, paired: [] })), MEDIA.json);
      const accuracy = Object.fromEntries(models.map(({ name, accuracy: figure }) => [name, figure]));
      return { ...step('evaluate', input, [], { accuracy }), outputs: { evaluation } };
    },
    report: async (input) => step('report', input, ['report'], {}),
  };
  const books: RunActivities & SearchActivities = {
    ...createRunActivities({ store, workflows: { executeUpdateWithStart: () => Promise.reject(new Error('a fake moves no pointer')) } }),
    movePointer: async () => undefined,
    ...createSearchActivities(store),
  };
  const all = { ...steps, ...books, ...overrides };
  const recorded = Object.entries(all).map(([activity, run]) => {
    const answer = async (input: object): Promise<unknown> => {
      calls.push({ activity, input });
      const result = await (run as (input: object) => Promise<unknown>)(input);
      if (isStepResult(result)) await commit(store, result, input);
      return result;
    };
    return [activity, answer] as const;
  });
  return { activities: Object.fromEntries(recorded) as unknown as FakeActivities, calls };
}

/** Of all methods, `greedy` is the best on the validation rows; more rows make any of them better. */
function combined({ method, outOfFold }: CombineInput): CombineSummary {
  const logLoss = (method === 'greedy' ? 0.02 : 0.03) - (outOfFold ? 0.015 : 0);
  return { parameters: 310, validationAccuracy: 0.99, validationLogLoss: logLoss, outOfFoldAccuracy: 0.99, outOfFoldLogLoss: logLoss, rows: 10_000 };
}

/** A made-up answer of a step: the same input gives the same key and the same digests. */
export function step<S extends JsonObject>(name: string, input: object, roles: readonly string[], summary: S): StepResult<S> {
  const key = stepKey(partsOf(name, input));
  const outputs = Object.fromEntries(roles.map((role) => [role, ref(`${key} ${role}`)]));
  return { step: name, key, outputs, summary, cached: false, seconds: 0.5, computedSeconds: 0.5, attempt: 1 };
}

/** A reference to bytes that nobody stored. */
export function ref(text: string): ArtifactRef {
  return { digest: digestOf(text), bytes: 123_456, mediaType: MEDIA.npy };
}

function partsOf(name: string, input: object): StepKeyParts {
  const params = JSON.parse(JSON.stringify(input, (field, value: unknown) => (field === 'progressTo' ? undefined : value))) as JsonObject;
  return { step: name, version: 'fake', params, inputs: {}, environment: {} };
}

function isStepResult(value: unknown): value is StepResult {
  return typeof value === 'object' && value !== null && 'step' in value && 'key' in value;
}

async function commit(store: ArtifactStore, { step: name, key, outputs, summary, computedSeconds, attempt }: StepResult, input: object): Promise<void> {
  const parts = partsOf(name, input);
  await writeStepManifest(store, { kind: 'step', key, label: name, parts, outputs, summary, computedSeconds, computedAt: '', attempt, machine: {} });
}
