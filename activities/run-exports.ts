import type { ArtifactRef } from '../shared/artifact.js';
import type { RunExport } from '../shared/exports.js';
import type { StepManifest } from '../storage/manifest.js';
import type { GroupDeps } from './activity-deps.js';
import { joinedKeys } from './joined-keys.js';
import { outputIn } from './output-in.js';

type ExportSources = Pick<GroupDeps, 'read' | 'manifestOf'>;

/** The records (JSON artifacts) of a run's export steps. @param exported KeyLists, joined. */
export async function exportRecords(sources: ExportSources, exported: readonly ArtifactRef[]): Promise<ArtifactRef[]> {
  return (await manifestsOf(sources, exported)).map((manifest) => outputIn(manifest, 'export'));
}

/** What a run exported, with the files in the store. @param exported KeyLists, joined. */
export async function runExports(sources: ExportSources, exported: readonly ArtifactRef[]): Promise<RunExport[]> {
  const manifests = await manifestsOf(sources, exported);
  return Promise.all(manifests.map(async (manifest): Promise<RunExport> => {
    const record = await sources.read.export(outputIn(manifest, 'export'));
    return 'refused' in record ? record : { ...record, artifact: outputIn(manifest, 'file') };
  }));
}

async function manifestsOf({ read, manifestOf }: ExportSources, exported: readonly ArtifactRef[]): Promise<StepManifest[]> {
  const keys = await joinedKeys(read, exported);
  return Promise.all(keys.map(manifestOf));
}
