import { SECTIONS } from '../shared/config.js';
import { EXPORT_FORMATS } from '../shared/export-formats.js';
import type { JsonObject } from '../shared/json.js';

const seconds: JsonObject = { type: 'number', minimum: 0 };
const count: JsonObject = { type: 'integer', minimum: 0 };
const digest: JsonObject = { type: 'string', pattern: '^[0-9a-f]{64}$' };

function object(properties: Readonly<Record<string, JsonObject>>, optional: readonly string[] = [], description?: string): JsonObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', ...(description !== undefined && { description }), properties, required, additionalProperties: false };
}

const stage = object({
  name: { enum: [...SECTIONS] },
  state: { enum: ['done', 'skipped', 'failed', 'cancelled', 'waiting', 'running'] },
  seconds: { ...seconds, description: 'By the clock, in this run.' },
  computedSeconds: { ...seconds, description: 'Sum over its steps of what they took when they were computed.' },
  steps: count,
  cachedSteps: count,
  cached: { type: 'boolean', description: 'Every step was answered from the store.' },
});

const spread = object({ mean: { type: 'number', minimum: 0 }, deviation: { type: 'number', minimum: 0 } });

const model = object({
  name: { type: 'string' },
  kind: { type: 'string', description: 'A model kind, the method of an ensemble, or of a variant what answers: `tflite`, `onnx`.' },
  bases: { type: 'array', items: { type: 'string' }, description: 'Of a stack: the models it joins, in the order of its columns.' },
  of: { type: 'string', description: 'Of a variant: the model it was made of.' },
  gate: object({
    passed: { type: 'boolean' }, chosen: { type: 'boolean', description: 'It is the smallest variant of its model that passed.' }, reasons: { type: 'array', items: { type: 'string' }, description: 'Why it failed.' },
  }, [], 'Of a variant: whether it may take its model\'s place, judged on validation rows.'),
  origin: object({ search: { type: 'string' }, digest }, [], 'The search that found its hyper-parameters, and the digest of its record.'),
  seedOf: object({ model: { type: 'string' }, number: { type: 'integer', minimum: 1 } }, [], 'Of a model with several seeds: which of them this is.'),
  seeds: object({
    names: { type: 'array', items: { type: 'string' }, minItems: 2, description: 'Its fits, in the order of their seeds; each has a row of its own.' },
    accuracy: spread, logLoss: spread,
  }, [], 'Of the first seed of a model with several: mean and standard deviation (n - 1) over all of them, on the test images.'),
  testAccuracy: { type: 'number', minimum: 0, maximum: 1 },
  logLoss: { type: 'number', minimum: 0 },
  ece: { type: 'number', minimum: 0, maximum: 1, description: 'Expected calibration error, 15 bins.' },
  latency: object({
    runtime: { type: 'string' },
    p50Ms: { type: 'number', minimum: 0 },
    p99Ms: { type: 'number', minimum: 0 },
    imagesPerSecond: { type: 'number', minimum: 0 },
  }, [], 'Single images, alone on the machine; absent when nothing was timed.'),
  bytes: { ...count, description: 'Of a stack: with its bases.' },
  parameters: { ...count, description: 'Of a stack: with its bases.' },
  trainingSeconds: { ...seconds, description: 'When it was computed; of a stack or a variant: with its bases.' },
  cached: { type: 'boolean' },
  artifacts: { type: 'object', description: 'Digests (SHA-256) by role.', additionalProperties: digest },
}, ['bases', 'of', 'gate', 'origin', 'seedOf', 'seeds', 'latency']);

const share: JsonObject = { type: 'number', minimum: 0, maximum: 1 };

const exported = object({
  model: { type: 'string' },
  format: { enum: [...EXPORT_FORMATS] },
  refused: { type: 'string', description: 'Why the format cannot hold the model; nothing else is said of it then.' },
  file: { type: 'string', description: 'Its name; a zip where the format has several files or a folder.' },
  artifact: { ...digest, description: 'The file in the store.' },
  bytes: count,
  size: { ...count, description: 'What counts as the size: the constants of C headers, else all files before they are zipped.' },
  verified: object({
    runtime: { type: 'string' },
    rows: count,
    largestDifference: { type: 'number', minimum: 0, description: 'Of a probability, between the file and its model on the test images.' },
    labelsChanged: count,
    exceptions: { ...count, description: 'Rows with another label, or a probability further off than 0.0001.' },
    accuracy: object({ rows: count, model: share, file: share, pValue: share }, [], 'Of a file in few bits: on the validation rows.'),
    agrees: { type: 'boolean' },
  }, ['accuracy'], 'What a runtime in this process said; absent where there is none.'),
  pending: { type: 'string', description: 'The runtime by which `digitloom verify` checks it.' },
  note: { type: 'string' },
}, ['refused', 'file', 'artifact', 'bytes', 'size', 'verified', 'pending', 'note']);

/** The JSON Schema (draft 2020-12) of the results file that `start` and `run` leave behind. */
export const resultsSchema: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:digitloom:results',
  title: 'The results of a Digitloom run',
  ...object({
    runId: { type: 'string' },
    preset: { type: 'string' },
    datasetDigest: digest,
    seconds: { ...seconds, description: 'The whole run, by the clock.' },
    computedSeconds: { ...seconds, description: 'Sum over all steps of what they took when they were computed.' },
    cached: { type: 'boolean', description: 'Every step was answered from the store.' },
    provisioningSeconds: { ...seconds, description: 'From the command to the run: stack and native parts, where this command started them.' },
    stages: { type: 'array', items: stage },
    models: { type: 'array', items: model },
    report: digest,
    evaluation: digest,
    analysis: { ...digest, description: 'Manifest of what was found of the data.' },
    exports: { type: 'array', items: exported, description: 'The models as files for other runtimes, and what was refused.' },
  }, ['report', 'evaluation', 'analysis', 'exports']),
};
