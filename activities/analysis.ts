import type { ArtifactRef } from '../shared/artifact.js';
import { MEDIA } from '../shared/artifact.js';
import type { AnalysisActivities, AnalysisManifest, AnalysisStep } from '../shared/contracts/analysis.js';
import type { DatasetManifest } from '../shared/dataset.js';
import { familyInputs, modelInputs } from './model-inputs.js';
import { inputParam, optionsOf, threadsOf } from './model-params.js';
import type { GroupDeps, StepActivityDeps } from './activity-deps.js';
import { outputIn } from './output-in.js';
import { artifactOf, readCandidates } from './read-candidates.js';
import { trainingProgress } from './training-progress.js';

type DatasetPart = 'images' | 'labels' | 'testImages' | 'testLabels';

/** What each step reads of the data set. Test labels: the audit and the explanations alone, after everything was chosen. */
const READS: Readonly<Record<AnalysisStep, readonly DatasetPart[]>> = {
  'check-data': ['images', 'labels', 'testImages'],
  'describe-data': ['images', 'labels', 'testImages'],
  'contact-sheet': ['images', 'labels'],
  'analyse-neighbours': ['images', 'labels', 'testImages'],
  cluster: ['images', 'labels'],
  reduce: ['images', 'labels'],
  'select-features': ['labels'],
  embed: ['images', 'labels'],
  'find-label-errors': ['images', 'labels'],
  'audit-labels': ['testImages', 'testLabels'],
  'explain-network': ['testImages', 'testLabels'],
};

/** Looking at the data: whatever the run's models do not depend on. */
export function createAnalysisActivities({ read, run, manifestOf }: GroupDeps, deps: Pick<StepActivityDeps, 'signalProgress' | 'log'>): AnalysisActivities {
  return {
    async analyse({ step, label, params, randomState, dataset, features, families, candidates = {}, given = {} }) {
      const manifest = await read.dataset(dataset);
      const parts = Object.fromEntries(READS[step].map((part) => [part, partOf(manifest, part)]));
      const columns = features && families ? familyInputs((await read.features(features)).families, families, 'train') : {};
      const theirs = await Promise.all(Object.entries(candidates).map(async ([role, handles]): Promise<[string, ArtifactRef[]]> =>
        [role, [...(await readCandidates(read, handles)).map((entry) => artifactOf(entry, role)), ...(given[role] ?? [])]]));
      return run({ step, label, params, ...(randomState !== undefined && { randomState }), inputs: { ...parts, ...columns, ...given, ...Object.fromEntries(theirs) } });
    },

    async fitFold({ name, dataset, features, model, fold, folds, randomState, testRows, progressTo }) {
      const { train } = await read.dataset(dataset);
      const of = { dataset, ...(features && { features }) };
      const inputs = await modelInputs(read, model.input, { ...of, split: 'train' });
      const test = testRows ? Object.entries(await modelInputs(read, model.input, { ...of, split: 'test' })).map(([role, refs]) => [`test:${role}`, refs]) : [];
      return run({
        step: `fold-${model.kind}`,
        label: `${name} without fold ${fold + 1}/${folds}`,
        params: { input: inputParam(model), options: optionsOf(model), threads: threadsOf(model), fold, folds, foldSeed: randomState },
        randomState,
        inputs: { ...inputs, ...Object.fromEntries(test), labels: [train.labels] },
        ...(progressTo !== undefined && { onProgress: trainingProgress(deps, progressTo, `fold ${fold + 1}`) }),
      });
    },

    async joinFolds({ name, dataset, folds }) {
      const { train } = await read.dataset(dataset);
      const manifests = await Promise.all(folds.map(manifestOf));
      const outputs = (role: string): ArtifactRef[] => manifests.map((manifest) => outputIn(manifest, role));
      return run({ step: 'join-folds', label: `${name} in ${folds.length} folds`, params: { folds: [...folds] }, inputs: { rows: outputs('rows'), proba: outputs('proba'), labels: [train.labels] } });
    },

    async indexAnalysis({ steps }) {
      const names = Object.keys(steps);
      const manifests = await Promise.all(Object.values(steps).map(manifestOf));
      const found = Object.fromEntries(names.map((name, i) => [name, manifests[i]?.outputs ?? {}]));
      const analysis: AnalysisManifest = { kind: 'analysis', found };
      const bytes = new TextEncoder().encode(JSON.stringify(analysis));
      return run({
        step: 'index-analysis',
        label: 'analysis',
        params: { names },
        inputs: Object.fromEntries(names.map((name) => [name, Object.values(found[name] ?? {})])),
        inline: () => ({ outputs: { analysis: { bytes, mediaType: MEDIA.json } }, summary: {} }),
      });
    },
  };
}

function partOf({ train, test }: DatasetManifest, part: DatasetPart): readonly ArtifactRef[] {
  switch (part) {
    case 'images': return train.images.map(({ ref }) => ref);
    case 'labels': return [train.labels];
    case 'testImages': return test.images.map(({ ref }) => ref);
    case 'testLabels': return [test.labels];
  }
}
