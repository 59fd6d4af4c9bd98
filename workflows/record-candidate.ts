import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { Candidate } from './candidate.js';
import { records } from './proxies.js';

/** Keeps what is known of a candidate in the store; what the workflow goes on with is small. */
export async function recordCandidate(entry: Omit<CandidateEntry, 'kind'>, known: Omit<Candidate, 'handle'>): Promise<Candidate> {
  return { handle: await records.recordCandidate.executeWithOptions({ summary: entry.name }, [entry]), ...known };
}
