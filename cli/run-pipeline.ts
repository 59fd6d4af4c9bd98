import type { DigitloomClient } from '../client/digitloom-client.js';
import type { RunOutcome } from '../client/run-outcome.js';
import type { RunSnapshot } from '../client/watch-run.js';
import type { PipelineConfig } from '../shared/config.js';
import { isSectionOn, SECTIONS } from '../shared/config.js';
import { EXIT } from './exit-codes.js';
import { isTerminal } from './is-terminal.js';
import { showLive } from './progress/show-live.js';
import { showPlain } from './progress/show-plain.js';
import { resultTable } from './results/result-table.js';
import { resultsOf, writeResults } from './results/results-file.js';

/** What to run and how to tell of it. */
export interface RunRequest {
  readonly config: PipelineConfig;
  readonly data: readonly string[];
  readonly json: boolean;
  /** Folder of the results file. */
  readonly resultsDir: string;
  /** Aborts when the user wants to stop: the run is cancelled. */
  readonly signal: AbortSignal;
  /** Seconds that went by before the run, for the results file. */
  readonly provisioningSeconds: number;
}

/** Failures that only other settings or other data mend. */
const UNUSABLE = ['InvalidConfigError', 'InvalidDataError'];

/** Runs the pipeline, shows its progress, ends with the result table and the results file, and returns the exit code. */
export async function runPipeline(client: DigitloomClient, request: RunRequest): Promise<number> {
  const { config, data, json, signal } = request;
  const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const source = await client.uploadSource(data);
  if (signal.aborted) return EXIT.cancelled;
  const runId = await client.startRun(config, source);
  say(`Run ${runId}: preset ${config.preset}, ${source.map(({ name }) => name).join(', ')}`);

  const cancel = (): void => {
    say(`Cancelling ${runId} ...`);
    // It may have ended in this moment; the outcome tells.
    client.cancelRun(runId).catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await show(client.watchRun(runId), config, json, say);
    return await conclude(await client.outcome(runId), runId, request, say);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function show(snapshots: AsyncIterable<RunSnapshot>, config: PipelineConfig, json: boolean, say: (line: string) => void): Promise<void> {
  const sections = SECTIONS.filter((name) => isSectionOn(config, name));
  return isTerminal(process.stdout) && !json ? showLive(snapshots, sections) : showPlain(snapshots, say);
}

async function conclude(outcome: RunOutcome, runId: string, { json, resultsDir, provisioningSeconds }: RunRequest, say: (line: string) => void): Promise<number> {
  switch (outcome.state) {
    case 'completed': {
      const results = resultsOf(outcome.result, provisioningSeconds);
      const path = await writeResults(resultsDir, results);
      if (json) process.stdout.write(`${JSON.stringify({ state: 'completed', resultsFile: path, ...results })}\n`);
      else say(`${resultTable(outcome.result)}\nResults: ${path}${outcome.result.report ? `\nReport:  digitloom report ${runId}` : ''}`);
      return EXIT.ok;
    }
    case 'failed':
      if (json) process.stdout.write(`${JSON.stringify({ state: 'failed', runId, error: outcome.error })}\n`);
      process.stderr.write(`Run ${runId} failed: ${outcome.error.type}: ${outcome.error.message}\n`);
      return UNUSABLE.includes(outcome.error.type) ? EXIT.usage : EXIT.failed;
    case 'cancelled': case 'terminated':
      if (json) process.stdout.write(`${JSON.stringify({ state: outcome.state, runId })}\n`);
      say(`Run ${runId} was ${outcome.state}. What it computed stays in the store.`);
      return EXIT.cancelled;
  }
}
