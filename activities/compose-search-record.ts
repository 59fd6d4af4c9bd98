import { bestFit } from '../shared/best-fit.js';
import type { RecordSearchInput } from '../shared/contracts/searches.js';
import type { SearchEntry, SearchRecord, TrialFit, TrialRecord } from '../shared/search.js';
import { trialModel } from '../shared/trial-model.js';
import { canonical } from '../storage/canonical.js';
import { digestOf } from '../storage/digest.js';

/**
 * The record of a search from its log: the trials in order, each with its fits from the lowest rung up. Of two entries for the same fit the
 * later one holds: it was tried again. Clocks have no part in the digest, nor has what came from the store.
 */
export function composeSearchRecord({ searchId, space, config, source, state, datasetDigest, seconds }: RecordSearchInput, entries: readonly SearchEntry[]): SearchRecord {
  const fits = new Map<string, TrialFit>();
  const stops = new Map<number, number>();
  const steps: string[] = [];
  for (const entry of entries) {
    if (entry.kind === 'fit') fits.set(`${entry.fit.trial}:${entry.fit.rung}`, entry.fit);
    else if (entry.kind === 'stop') stops.set(entry.trial, entry.rung);
    else steps.push(...entry.keys);
  }
  const ordered = [...fits.values()].sort((a, b) => a.trial - b.trial || a.rung - b.rung);
  const trials = trialsOf(ordered, stops);
  const best = bestFit(ordered, space.metric);
  const winner = best && { trial: best.trial, params: best.params, rung: best.rung, ...figures(best), model: trialModel(space, config, best.params, best.resource) };
  const found = { space, model: config.train.models[space.model], randomState: config.randomState, datasetDigest, trials: trials.map(timeless), best: best?.trial };
  return {
    kind: 'search', searchId, state, digest: digestOf(canonical(JSON.parse(JSON.stringify(found)))), datasetDigest, space, config, source, trials,
    ...(winner && { best: winner }), seconds, keys: [...new Set([...steps, ...ordered.flatMap(({ key }) => key ?? [])])],
  };
}

function trialsOf(fits: readonly TrialFit[], stops: ReadonlyMap<number, number>): TrialRecord[] {
  const byTrial = new Map<number, TrialFit[]>();
  for (const fit of fits) byTrial.set(fit.trial, [...(byTrial.get(fit.trial) ?? []), fit]);
  return [...byTrial].map(([trial, own]) => {
    const stoppedAfter = stops.get(trial);
    return { trial, params: own[0]?.params ?? {}, fits: own, ...(stoppedAfter !== undefined && { stoppedAfter }) };
  });
}

function figures({ resource, validationLogLoss, validationAccuracy, key, seconds, cached, note }: TrialFit): Omit<TrialFit, 'trial' | 'rung' | 'params' | 'job' | 'why' | 'error'> {
  return {
    ...(resource !== undefined && { resource }), ...(validationLogLoss !== undefined && { validationLogLoss }), ...(validationAccuracy !== undefined && { validationAccuracy }),
    ...(key !== undefined && { key }), ...(seconds !== undefined && { seconds }), ...(cached !== undefined && { cached }), ...(note !== undefined && { note }),
  };
}

function timeless({ trial, params, fits, stoppedAfter }: TrialRecord): object {
  return {
    trial, params, ...(stoppedAfter !== undefined && { stoppedAfter }),
    fits: fits.map(({ rung, why, resource, validationLogLoss, validationAccuracy, error }) => ({ rung, why, resource, validationLogLoss, validationAccuracy, error: error?.type })),
  };
}
