import type { JsonObject } from '../../shared/json.js';
import type { SearchEntry, TrialFit } from '../../shared/search.js';
import { lastRecords, records } from '../proxies.js';

/** Characters of a part's JSON: every payload stays under 8 KB. */
const ROOM = 6_000;
const KEYS_PER_ENTRY = 80;
/** Failures that tell nothing of a trial: a search that is taken up again tries those fits once more. */
const ACCIDENTS: ReadonlySet<string> = new Set(['CancelledFailure', 'TerminatedFailure', 'TimeoutFailure', 'ComputeCrashedError']);

/**
 * What a search knows, outside its history: small parts in the store, to which it only adds. A search that continues as new, or is taken up
 * again after it was cancelled or lost, reads them and need not fit anything twice.
 */
export class SearchLog {
  readonly #searchId: string;
  readonly #fits = new Map<string, TrialFit>();
  readonly #stops = new Set<string>();
  #entries: SearchEntry[] = [];
  #size = 0;
  #parts: number;
  #saving: Promise<void> | undefined;

  constructor(searchId: string, parts: number) {
    this.#searchId = searchId;
    this.#parts = parts;
  }

  /** Parts in the store. */
  get parts(): number {
    return this.#parts;
  }

  /** Reads what earlier executions wrote; with `anew`, fits that failed by accident are not known. */
  async load({ anew }: { readonly anew: boolean }): Promise<void> {
    for (let part = 0; part < this.#parts; part++) {
      const entries = await records.readSearchPart.executeWithOptions({ summary: `part ${part + 1}/${this.#parts}` }, [{ searchId: this.#searchId, part }]);
      for (const entry of entries) if (!anew || !isAccident(entry)) this.#learn(entry);
    }
  }

  /** The fit of a trial at a rung, when it is known and was made with these values. */
  known(trial: number, rung: number, params: JsonObject): TrialFit | undefined {
    const fit = this.#fits.get(`${trial}:${rung}`);
    return fit && JSON.stringify(fit.params) === JSON.stringify(params) ? fit : undefined;
  }

  addFit(fit: TrialFit): void {
    this.#add({ kind: 'fit', fit });
  }

  /** Notes that the median rule ended a trial after a rung. */
  addStop(trial: number, rung: number): void {
    if (!this.#stops.has(`${trial}:${rung}`)) this.#add({ kind: 'stop', trial, rung });
  }

  /** Notes the steps that made the data. */
  addSteps(keys: readonly string[]): void {
    for (let from = 0; from < keys.length; from += KEYS_PER_ENTRY) this.#add({ kind: 'steps', keys: keys.slice(from, from + KEYS_PER_ENTRY) });
  }

  /** Writes whole parts, and with `all` what is left as well. */
  async flush({ all, last = false }: { readonly all: boolean; readonly last?: boolean }): Promise<void> {
    await this.#saving;
    this.#saving = this.#flush(all, last);
    await this.#saving;
  }

  async #flush(all: boolean, last: boolean): Promise<void> {
    while (this.#size >= ROOM || (all && this.#entries.length > 0)) {
      const entries = this.#nextPart();
      const { saveSearchPart } = last ? lastRecords : records;
      await saveSearchPart.executeWithOptions({ summary: `part ${this.#parts + 1}: ${entries.length} entries` }, [{ searchId: this.#searchId, part: this.#parts, entries }]);
      this.#parts += 1;
      this.#entries = this.#entries.slice(entries.length);
      this.#size = this.#entries.reduce((total, entry) => total + sizeOf(entry), 0);
    }
  }

  #nextPart(): SearchEntry[] {
    let room = ROOM;
    const end = this.#entries.findIndex((entry, i) => (room -= sizeOf(entry)) < 0 && i > 0);
    return end < 0 ? this.#entries : this.#entries.slice(0, end);
  }

  #add(entry: SearchEntry): void {
    this.#learn(entry);
    this.#entries.push(entry);
    this.#size += sizeOf(entry);
  }

  #learn(entry: SearchEntry): void {
    if (entry.kind === 'fit') this.#fits.set(`${entry.fit.trial}:${entry.fit.rung}`, entry.fit);
    if (entry.kind === 'stop') this.#stops.add(`${entry.trial}:${entry.rung}`);
  }
}

function isAccident(entry: SearchEntry): boolean {
  return entry.kind === 'fit' && entry.fit.error !== undefined && ACCIDENTS.has(entry.fit.error.type);
}

function sizeOf(entry: SearchEntry): number {
  return JSON.stringify(entry).length;
}
