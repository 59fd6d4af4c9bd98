import type { Client } from '@temporalio/client';

/** A run, as a list shows it. */
export interface RunSummary {
  readonly runId: string;
  readonly state: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly preset?: string;
  readonly stage?: string;
  readonly bestAccuracy?: number;
}

/** The newest runs first, at most `limit`. Temporal's lists lag a second or two behind. */
export async function listRuns(client: Client, limit = 20): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  for await (const { workflowId, status, startTime, closeTime, typedSearchAttributes } of client.workflow.list({ query: 'WorkflowType = "pipeline"' })) {
    const attributes = new Map<string, unknown>(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    const preset = attributes.get('DigitloomPreset');
    const stage = attributes.get('DigitloomStage');
    const bestAccuracy = attributes.get('DigitloomBestAccuracy');
    runs.push({
      runId: workflowId,
      state: status.name.toLowerCase(),
      startedAt: startTime,
      ...(closeTime && { endedAt: closeTime }),
      ...(typeof preset === 'string' && { preset }),
      ...(typeof stage === 'string' && { stage }),
      ...(typeof bestAccuracy === 'number' && { bestAccuracy }),
    });
    if (runs.length >= limit) break;
  }
  return runs;
}
