import { ApplicationFailure, CancellationScope, continueAsNew, isCancellation, log as workflowLog, upsertMemo } from '@temporalio/workflow';
import type { RecordSearchInput } from '../shared/contracts/searches.js';
import { durationMs } from '../shared/duration-ms.js';
import type { SearchHeadline, SearchInput, SearchState } from '../shared/search.js';
import { lastRecords, records } from './proxies.js';
import { prepareData } from './search/prepare-data.js';
import { runTrials } from './search/run-trials.js';
import type { TrialsEnd } from './search/run-trials.js';
import { SearchLog } from './search/search-log.js';
import { SearchStatus } from './search/search-status.js';
import { markStage } from './search-attributes.js';

/**
 * A search for hyper-parameters. Its state is the workflow's: what is decided follows from the document and the trials' results alone, so that
 * neither a crash nor the speed of a worker changes which trials are promoted. Validation rows choose; test rows are not looked at.
 */
export async function search(input: SearchInput): Promise<SearchHeadline> {
  const startedAt = Date.now();
  const usedMs = (): number => (input.continued?.usedMs ?? 0) + Date.now() - startedAt;
  const { searchId, space, config, source } = input;
  const log = new SearchLog(searchId, input.parts);
  const status = new SearchStatus(input, () => usedMs() / 1000);
  let data = input.continued?.data;
  const recordAs = (state: SearchState): RecordSearchInput => ({
    searchId, space, config, source, parts: log.parts, state, datasetDigest: data?.dataset.digest ?? '', seconds: usedMs() / 1000,
  });

  let end: TrialsEnd;
  try {
    if (!input.continued) await records.recordSearch.executeWithOptions({ summary: `${searchId} begins` }, [recordAs('running')]);
    await log.load({ anew: !input.continued });
    data ??= await prepareData(input, status, log);
    markStage('search');
    end = await runTrials({ input, data, status, log, ...(space.timeBudget !== undefined && { msLeft: durationMs(space.timeBudget) - usedMs() }) });
    await log.flush({ all: true });
    if (end !== 'again') {
      const { digest, best } = await records.recordSearch.executeWithOptions({ summary: `${searchId} ${end}` }, [recordAs(end)]);
      if (!best && end === 'finished') throw ApplicationFailure.nonRetryable('No trial of the search succeeded: their errors are in its record.', 'InvalidConfigError');
      status.end(end);
      markStage('finished');
      const { trials, failed } = status.counts();
      const headline: SearchHeadline = { searchId, state: end, digest, trials, failed, ...(best && { best: found(best) }) };
      upsertMemo({ search: { ...headline } });
      return headline;
    }
  } catch (error) {
    await recordEnd(log, recordAs, status, isCancellation(error) ? 'cancelled' : 'failed');
    throw error;
  }
  return continueAsNew<typeof search>({ ...input, parts: log.parts, continued: { data, usedMs: usedMs() } });
}

function found({ trial, params, resource, validationLogLoss, validationAccuracy }: NonNullable<SearchHeadline['best']>): NonNullable<SearchHeadline['best']> {
  return {
    trial, params, ...(resource !== undefined && { resource }),
    ...(validationLogLoss !== undefined && { validationLogLoss }), ...(validationAccuracy !== undefined && { validationAccuracy }),
  };
}

/** Keeps what a search knows that did not finish, so that it can be resumed. It ends as it ended, whether or not the store answers in time. */
async function recordEnd(log: SearchLog, recordAs: (state: SearchState) => RecordSearchInput, status: SearchStatus, state: SearchState): Promise<void> {
  try {
    await CancellationScope.nonCancellable(async () => {
      await log.flush({ all: true, last: true });
      await lastRecords.recordSearch.executeWithOptions({ summary: state }, [recordAs(state)]);
    });
  } catch (error) {
    workflowLog.warn('the trials of a search that did not finish could not be recorded', { error });
  }
  status.end(state);
}
