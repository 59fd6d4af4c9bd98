import type { RowSearch } from './row-search.js';

/** A search that is laid out when it is first asked. */
export function lazySearch(make: () => RowSearch): RowSearch {
  let made: RowSearch | undefined;
  return (queries, onProgress) => (made ??= make())(queries, onProgress);
}
