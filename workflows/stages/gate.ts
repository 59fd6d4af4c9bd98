import type { ArtifactRef } from '../../shared/artifact.js';
import type { Candidate } from '../candidate.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Whether variants are judged: where there are some, and settings that say how. */
export function gateWanted({ config }: RunScope, candidates: readonly Candidate[]): boolean {
  return config.compress.gate !== undefined && candidates.some(({ role }) => role === 'variant');
}

/** Judges every variant beside its model on validation rows; of each model the smallest that passes is chosen. */
export async function gateVariants(run: RunScope, { dataset }: RunData, candidates: readonly Candidate[], measured: readonly ArtifactRef[]): Promise<ArtifactRef | undefined> {
  const { config: { compress: { gate } }, status } = run;
  if (!gate || !gateWanted(run, candidates)) return undefined;
  const input = { dataset, candidates: candidates.map(({ handle }) => handle), measured, gate };
  return outputOf(status.count('evaluate', await cpu.gateVariants.executeWithOptions({ summary: 'gate of variants' }, [input])), 'gate');
}
