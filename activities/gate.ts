import type { ArtifactRef } from '../shared/artifact.js';
import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { CompressionActivities, SearchFrontSummary } from '../shared/contracts/compression.js';
import { InternalError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { GroupDeps } from './activity-deps.js';
import { joinedKeys } from './joined-keys.js';
import { shippedBytes } from './model-results.js';
import { artifactOf, readCandidates } from './read-candidates.js';

/** Judging variants: beside their models, for which it sees validation labels only, and beside one another. */
export function createGateActivities({ read, run, manifestOf }: GroupDeps): Pick<CompressionActivities, 'gateVariants' | 'searchFront'> {
  const medians = async (measured: readonly ArtifactRef[]): Promise<number[]> => {
    const keys = await joinedKeys(read, measured);
    return Promise.all(keys.map(async (key) => Number((await manifestOf(key)).summary['p50Ms'])));
  };

  return {
    async gateVariants({ dataset, candidates, measured, gate }) {
      const { train, validationRows } = await read.dataset(dataset);
      const entries = await readCandidates(read, candidates);
      const times = await medians(measured);
      const variants = entries.flatMap((entry, at) => (entry.of ? [{ entry, of: entry.of.name, model: entryNamed(entries, entry.of.name), milliseconds: times[at] }] : []));
      return run({
        step: 'gate-variants',
        label: 'gate of variants',
        params: {
          gate: { ...gate }, validationRows,
          variants: variants.map(({ entry, of, model, milliseconds }): JsonObject => ({ name: entry.name, of, bytes: shippedBytes(entry), bytesBefore: shippedBytes(model), ...(milliseconds !== undefined && { milliseconds }) })),
        },
        inputs: {
          variantProba: variants.map(({ entry }) => artifactOf(entry, 'validationProba')),
          modelProba: variants.map(({ model }) => artifactOf(model, 'validationProba')),
          labels: [train.labels],
        },
      });
    },

    searchFront: ({ of, epochs, first, full }) => run<SearchFrontSummary>({ step: 'search-front', label: `front of ${of}`, params: { of, epochs: { ...epochs }, first: [...first], full: [...full] }, inputs: {} }),
  };
}

function entryNamed(entries: readonly CandidateEntry[], name: string): CandidateEntry {
  const found = entries.find((entry) => entry.name === name);
  if (found) return found;
  throw new InternalError(`A variant of ${name} is to be judged, but ${name} is no candidate.`);
}
