import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { AnalysisManifest } from '../../shared/contracts/analysis.js';
import type { RunResult } from '../../shared/run.js';

/** One thing that a run left in the store. */
export interface RunArtifact extends ArtifactRef {
  /** A model, something that was found of the data, or `run`. */
  readonly of: string;
  readonly role: string;
  /** Of an export: the file's own name. */
  readonly file?: string;
}

/**
 * What a run left in the store: of its models, files of these for other runtimes, of its data, and the evaluation and the report.
 * @param read fetches an artifact's bytes: what was found of the data is named by one manifest.
 */
export async function runArtifacts({ models, evaluation, report, analysis, exports = [] }: RunResult, read: (ref: ArtifactRef) => Promise<Uint8Array>): Promise<RunArtifact[]> {
  const found = analysis ? (JSON.parse(new TextDecoder().decode(await read(analysis))) as AnalysisManifest).found : {};
  const named = (of: string, artifacts: Readonly<Record<string, ArtifactRef>>): RunArtifact[] => Object.entries(artifacts).map(([role, ref]) => ({ of, role, ...ref }));
  return [
    ...models.flatMap(({ name, artifacts }) => named(name, artifacts)),
    ...exports.flatMap((each): RunArtifact[] => ('artifact' in each ? [{ of: each.model, role: each.format, file: each.file, ...each.artifact }] : [])),
    ...Object.entries(found).flatMap(([name, artifacts]) => named(name, artifacts)),
    ...named('run', { ...(evaluation && { evaluation }), ...(report && { report }) }),
  ];
}

/** A file's name for an artifact: its own, or what it is of, its role, and the ending of its media type. */
export function artifactFileName({ of, role, mediaType, file }: RunArtifact): string {
  if (file !== undefined) return file;
  const ending = Object.entries(MEDIA).find(([, type]) => type === mediaType)?.[0] ?? 'bin';
  return `${of}-${role}.${ending === 'binary' ? 'bin' : ending}`;
}
