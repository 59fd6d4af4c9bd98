import type { ExportCandidateInput } from '../shared/contracts/exports.js';
import type { CountedStep } from '../shared/step.js';
import { countedStep } from './counted-step.js';
import { fanOut } from './fan-out.js';
import { trainCpu } from './proxies.js';

/** Writes one candidate in several formats: a child workflow of its own, so that a run's history does not grow with models times formats. Gives its steps, in the order of the formats. */
export async function exportCandidate({ formats, ...input }: ExportCandidateInput): Promise<CountedStep[]> {
  const results = await fanOut(formats, formats.length, (format) =>
    trainCpu.exportModel.executeWithOptions({ summary: `${input.candidate.name} as ${format}` }, [{ ...input, format }]));
  return results.map(countedStep);
}
