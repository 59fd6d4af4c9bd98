import protobuf from 'protobufjs/light.js';
import type { TrainingSeries } from '../reports/training-series.js';
import { encodeTfRecords } from './tf-record.js';

/** The part of tensorflow/core/util/event.proto and framework/summary.proto that scalars need. */
const EVENT = protobuf.Root.fromJSON({
  nested: {
    Event: {
      fields: {
        wallTime: { type: 'double', id: 1 },
        step: { type: 'int64', id: 2 },
        fileVersion: { type: 'string', id: 3 },
        summary: { type: 'Summary', id: 5 },
      },
    },
    Summary: { fields: { value: { rule: 'repeated', type: 'Value', id: 1 } }, nested: { Value: { fields: { tag: { type: 'string', id: 1 }, simpleValue: { type: 'float', id: 2 } } } } },
  },
}).lookupType('Event');

/**
 * Curves as an event file of TensorBoard, which reads any file with `tfevents` in its name: one event for each step, with the values
 * of all curves that have one there. Its clock is the step (as seconds), since the same training gives the same bytes.
 */
export async function encodeTensorboardEvents(curves: readonly TrainingSeries[]): Promise<Uint8Array> {
  const byStep = new Map<number, { tag: string; simpleValue: number }[]>();
  for (const { name, points } of curves) {
    for (const { x, y } of points) byStep.set(x, [...(byStep.get(x) ?? []), { tag: name, simpleValue: y }]);
  }
  const events = [...byStep].sort(([a], [b]) => a - b).map(([step, value]) => ({ wallTime: step, step, summary: { value } }));
  return encodeTfRecords([{ wallTime: 0, fileVersion: 'brain.Event:2' }, ...events].map((event) => EVENT.encode(event).finish()));
}
