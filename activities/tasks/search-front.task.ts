import { searchFront } from '../../ml/compression/search-front.js';
import type { CompressionSearch, SearchedPlan } from '../../shared/compression.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** What `search-front` is told. */
export interface SearchFrontParams {
  readonly of: string;
  readonly epochs: CompressionSearch['epochs'];
  readonly first: readonly SearchedPlan[];
  /** None before the front was trained in full. */
  readonly full: readonly SearchedPlan[];
}

/** Which plans of a search no other one beats, after each of its passes. Outputs: `search` (JSON); the summary names the front of the last pass. */
const front: StepFunction<SearchFrontParams> = ({ params: { of, epochs, first, full } }, hooks) => {
  const found: CompressionSearch = { kind: 'compression-search', of, epochs, first: searchFront(first), full: searchFront(full) };
  hooks.progress({ fraction: 1 });
  const last = full.length > 0 ? found.full : found.first;
  return { outputs: { search: jsonArtifact(found) }, summary: { front: last.flatMap((plan) => (plan.front ? [plan.name] : [])) } };
};

export default front;
