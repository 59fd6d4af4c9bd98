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

/** Reads a workflow's history and sums it up; payloads of activities that are `named`, and of the run's end when any is, do not count. */
export async function historyFacts(client: Client, workflowId: string, named: readonly string[] = []): Promise<HistoryFacts> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  const events = history.events ?? [];
  const activities = events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? []);
  const counted = events.filter(({ activityTaskScheduledEventAttributes: scheduled, workflowExecutionCompletedEventAttributes: end }) =>
    !named.includes(scheduled?.activityType?.name ?? '') && !(end && named.length > 0));
  return { events: events.length, largestPayloadBytes: largestPayload(counted), activities, history };
}

function largestPayload(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if ('metadata' in value && 'data' in value && value.data instanceof Uint8Array) return value.data.byteLength;
  if (ArrayBuffer.isView(value)) return 0;
  return Math.max(0, ...Object.values(value).map(largestPayload));
}
