import type { SearchEntry, SearchRecord } from '../shared/search.js';
import type { ArtifactStore } from './artifact-store.js';
import { parseDocument } from './parse-document.js';

/** Writes one part of a search's log. */
export async function writeSearchPart(store: ArtifactStore, searchId: string, part: number, entries: readonly SearchEntry[]): Promise<void> {
  await store.writeDocument(partName(searchId, part), encode({ kind: 'search-part', searchId, part, entries }));
}

/** Reads one part; undefined when it is not there whole. */
export async function readSearchPart(store: ArtifactStore, searchId: string, part: number): Promise<readonly SearchEntry[] | undefined> {
  const found = parseDocument<{ readonly kind?: string; readonly entries?: readonly SearchEntry[] }>(await store.readDocument(partName(searchId, part)));
  return found?.kind === 'search-part' ? found.entries : undefined;
}

/** Parts of a search's log in the store, counted from the first without a gap. */
export async function countSearchParts(store: ArtifactStore, searchId: string): Promise<number> {
  const names = new Set(await store.listDocuments(`searches/${searchId}/`));
  let parts = 0;
  while (names.has(partName(searchId, parts))) parts += 1;
  return parts;
}

/** Records a search. */
export async function writeSearchRecord(store: ArtifactStore, record: SearchRecord): Promise<void> {
  await store.writeDocument(recordName(record.searchId), encode(record));
}

/** The record of a search, or undefined. */
export async function readSearchRecord(store: ArtifactStore, searchId: string): Promise<SearchRecord | undefined> {
  const found = parseDocument<Partial<SearchRecord>>(await store.readDocument(recordName(searchId)));
  return found?.kind === 'search' && found.searchId === searchId && Array.isArray(found.keys) ? (found as SearchRecord) : undefined;
}

function recordName(searchId: string): string {
  return `searches/${searchId}.json`;
}

function partName(searchId: string, part: number): string {
  return `searches/${searchId}/${part}.json`;
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}
