import pLimit from 'p-limit';
import type { SearchActivities } from '../shared/contracts/searches.js';
import { NotFoundError } from '../shared/errors.js';
import type { BestTrial, SearchEntry } from '../shared/search.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { readSearchPart, writeSearchPart, writeSearchRecord } from '../storage/search-documents.js';
import { composeSearchRecord } from './compose-search-record.js';

const CONCURRENT_READS = 8;

/** The memory of searches, in the store. */
export function createSearchActivities(store: ArtifactStore): SearchActivities {
  const read = async (searchId: string, part: number): Promise<readonly SearchEntry[]> => {
    const entries = await readSearchPart(store, searchId, part);
    if (entries) return entries;
    throw new NotFoundError(`Part ${part} of the log of search "${searchId}" is not in the store, or is not whole. Start the search anew: fits that are in the store cost nothing.`);
  };
  return {
    saveSearchPart: ({ searchId, part, entries }) => writeSearchPart(store, searchId, part, entries),
    readSearchPart: ({ searchId, part }) => read(searchId, part),

    async recordSearch(input) {
      const limit = pLimit(CONCURRENT_READS);
      const parts = await Promise.all(Array.from({ length: input.parts }, (_, part) => limit(() => read(input.searchId, part))));
      const record = composeSearchRecord(input, parts.flat());
      await writeSearchRecord(store, record);
      const { digest, best } = record;
      return { digest, ...(best && { best: withoutModel(best) }) };
    },
  };
}

function withoutModel({ model: _, ...found }: BestTrial): Omit<BestTrial, 'model'> {
  return found;
}
