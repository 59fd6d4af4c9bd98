import { prepareDataset } from '../../ml/data/dataset.js';
import type { Digits } from '../../ml/data/digits.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { readSource } from '../../ml/data/source.js';
import { CLASSES } from '../../ml/models/model.js';
import { MEDIA } from '../../shared/artifact.js';
import type { IngestSummary } from '../../shared/contracts/steps.js';
import { SPLITS } from '../../shared/dataset.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { StepArtifact, StepFunction } from '../../shared/step.js';

/** What `ingest` is told: the source files' names, in the order of its inputs, and how to cut. */
interface IngestParams {
  readonly names: readonly string[];
  readonly shardSize: number;
  readonly limit: { readonly train: number; readonly test: number };
}

/** Parts of the work: reading, bringing images to the form; the rest is cutting shards. */
const READ = 0.5;
const FORM = 0.4;
/** Each shard is an activity of its own in the run's history, which has room for some ten thousand. */
const MOST_SHARDS = 500;

/** Reads, checks and orders a data set, and cuts it into shards (`train-images-0` …, `train-labels`, the same for test). */
const ingest: StepFunction<IngestParams> = ({ params, inputs }, hooks) => {
  const { names, shardSize, limit } = params;
  const files = (inputs['source'] ?? []).map((bytes, i) => ({ name: names[i] ?? `source ${i}`, bytes }));
  hooks.progress({ fraction: 0, note: `reading ${files.length === 1 ? files[0]?.name : `${files.length} files`}` });
  const source = readSource(files, (fraction) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: READ * fraction, note: 'reading images' });
  });
  hooks.progress({ fraction: READ, note: 'checking images' });
  const dataset = prepareDataset(source, limit, (fraction) => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: READ + FORM * fraction, note: 'scaling images' });
  });

  refuseTooManyShards(dataset.train.rows + dataset.test.rows, shardSize);
  const outputs: Record<string, StepArtifact> = {};
  const shards = { train: 0, test: 0 };
  for (const split of SPLITS) {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: split === 'train' ? READ + FORM : 0.98, note: `cutting ${split} shards` });
    const digits = dataset[split];
    for (let from = 0; from < digits.rows; from += shardSize) {
      outputs[`${split}-images-${shards[split]++}`] = shardOf(digits, from, Math.min(from + shardSize, digits.rows));
    }
    outputs[`${split}-labels`] = { bytes: encodeNpy(digits.labels, [digits.rows]), mediaType: MEDIA.npy };
  }
  return { outputs, summary: summaryOf(dataset, shards) };
};

function refuseTooManyShards(rows: number, shardSize: number): void {
  if (Math.ceil(rows / shardSize) <= MOST_SHARDS) return;
  const least = Math.ceil(rows / MOST_SHARDS);
  throw new InvalidConfigError(`ingest.shardSize: got ${shardSize}, which cuts ${rows} images into more than ${MOST_SHARDS} shards; expected at least ${least}.`);
}

function shardOf({ height, width, pixels }: Digits, from: number, to: number): StepArtifact {
  const area = height * width;
  return { bytes: encodeNpy(pixels.subarray(from * area, to * area), [to - from, height, width]), mediaType: MEDIA.npy };
}

/** The summary of `ingest`: {@link IngestSummary}, the images' size, the number of classes and remarks on the source. */
function summaryOf(
  { train, validationRows, test, notes }: ReturnType<typeof prepareDataset>,
  shards: Readonly<{ train: number; test: number }>,
): IngestSummary {
  return {
    trainRows: train.rows, validationRows, testRows: test.rows, trainShards: shards.train, testShards: shards.test,
    width: train.width, height: train.height, classes: CLASSES, notes: notes.map((note) => note.slice(0, 400)),
  };
}

export default ingest;
