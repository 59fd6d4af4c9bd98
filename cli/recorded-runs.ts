import type { DigitloomClient } from '../client/digitloom-client.js';

/** What a command needs of finished runs. */
export type RecordedRuns = Pick<DigitloomClient, 'latestRun' | 'recordedResult' | 'store'>;

/** Lends them to `work`; `withClient` is one. */
export type WithRecordedRuns = (stateDir: string, work: (runs: RecordedRuns) => Promise<void>) => Promise<void>;
