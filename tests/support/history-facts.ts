import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** What a test asks of a workflow's history. */
export interface HistoryFacts {
  readonly events: number;
  readonly largestPayloadBytes: number;
  /** Names of the scheduled activities, in order. */
  readonly activities: readonly string[];
  readonly history: temporal.api.history.v1.IHistory;
}

/** Reads a workflow's history and sums it up. */
export async function historyFacts(client: Client, workflowId: string): Promise<HistoryFacts> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  const events = history.events ?? [];
  const activities = events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? []);
  return { events: events.length, largestPayloadBytes: largestPayload(events), activities, history };
}

function largestPayload(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if ('metadata' in value && 'data' in value && value.data instanceof Uint8Array) return value.data.byteLength;
  if (ArrayBuffer.isView(value)) return 0;
  return Math.max(0, ...Object.values(value).map(largestPayload));
}
