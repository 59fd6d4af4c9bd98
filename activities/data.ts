import type { ArtifactRef } from '../shared/artifact.js';
import type { IngestSummary, StepActivities } from '../shared/contracts/steps.js';
import type { DatasetManifest, DatasetSplit, SplitName } from '../shared/dataset.js';
import { InternalError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { StepArtifact } from '../shared/step.js';
import type { GroupDeps } from './activity-deps.js';
import { jsonArtifact } from './tasks/json-artifact.js';

/** Reading, checking and sharding a data set. */
export function createDataActivities({ run }: GroupDeps): Pick<StepActivities, 'ingest'> {
  return {
    ingest({ source, shardSize, limit }) {
      const names = source.map(({ name }) => name);
      return run<IngestSummary>({
        step: 'ingest',
        label: 'ingest',
        params: { names, shardSize, limit: { ...limit } },
        inputs: { source: source.map(({ ref }) => ref) },
        index: { role: 'dataset', make: (outputs, summary) => datasetManifest(outputs, summary as IngestSummary & ImageForm, shardSize) },
        expose: ['dataset'],
      });
    },
  };
}

type ImageForm = JsonObject & Pick<DatasetManifest, 'width' | 'height' | 'classes'>;

function datasetManifest(outputs: Readonly<Record<string, ArtifactRef>>, summary: IngestSummary & ImageForm, shardSize: number): StepArtifact {
  const named = (role: string): ArtifactRef => {
    const ref = outputs[role];
    if (!ref) throw new InternalError(`The step ingest gave no "${role}".`);
    return ref;
  };
  const split = (name: SplitName, rows: number): DatasetSplit => ({
    rows,
    images: Array.from({ length: Math.ceil(rows / shardSize) }, (_, i) => ({
      ref: named(`${name}-images-${i}`), rows: Math.min(shardSize, rows - i * shardSize),
    })),
    labels: named(`${name}-labels`),
  });
  const { width, height, classes, validationRows, trainRows, testRows } = summary;
  const manifest: DatasetManifest = {
    kind: 'dataset', width, height, classes, validationRows, train: split('train', trainRows), test: split('test', testRows),
  };
  return jsonArtifact(manifest);
}
