import type { ArtifactRef } from '../../shared/artifact.js';
import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { keepKeys } from '../keep-keys.js';
import { cpu, records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Learns on validation rows how far the probabilities of every candidate can be believed. Gives the keys of these steps, as KeyLists. */
export async function calibrateCandidates({ config, status }: RunScope, { dataset }: RunData, candidates: readonly Candidate[]): Promise<ArtifactRef[]> {
  const { calibration } = config.evaluate;
  if (!calibration?.enabled) return [];
  const { methods, risks, alphas } = calibration;
  const keys = await fanOut(candidates, candidates.length, async ({ handle }) => {
    const input = { candidate: handle, dataset, methods, risks, alphas, randomState: config.randomState };
    return status.count('evaluate', await cpu.calibrate.executeWithOptions({ summary: handle.name }, [input])).key;
  });
  return keepKeys(records, keys);
}
