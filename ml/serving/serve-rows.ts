import { setImmediate } from 'node:timers/promises';
import { checkWidth } from '../models/check-width.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { ServedModel } from './served-model.js';

/** Rows of a run: enough for the threads of an operator to share, few enough for activations to stay near the cores and for a run to end soon. */
export const BATCH_ROWS = 128;

/** A model opened in a runtime that answers rows in place. */
export interface OpenedModel {
  /** Numbers of a row. */
  readonly inputSize: number;
  readonly runtime: string;
  /** Whether it takes more rows than one at once. */
  readonly batches: boolean;
  /** Room for so many rows. */
  room(rows: number): Room;
  dispose(): Promise<void>;
}

/** Rows and their answers, in memory that is used again. */
export interface Room {
  /** Takes the rows from `from` on, as many as there is room for. */
  fill(x: Matrix, from: number): void;
  run(): void | Promise<void>;
  /** Writes the probabilities of the last run to `data`, from `at` on. */
  read(data: Float32Array, at: number): void;
  dispose(): void;
}

/**
 * Serves an opened model, in runs of `BATCH_ROWS` rows at most, between which JavaScript's thread is free for others. Calls wait for each other.
 * @param openShared opens it so that threads share more rows than one, when such first come; without it all rows are `opened`'s.
 */
export function serveRows(name: string, opened: OpenedModel, openShared?: () => OpenedModel | Promise<OpenedModel>): ServedModel {
  const batchRows = opened.batches ? BATCH_ROWS : 1;
  const rooms = new Map<number, Room>();
  let shared: OpenedModel | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const roomFor = async (rows: number): Promise<Room> => {
    for (const [size, room] of rooms) {
      if (size === rows) return room;
      if (size === 1 || size === batchRows) continue;
      room.dispose(); // one of odd size is kept at a time
      rooms.delete(size);
    }
    const model = rows === 1 || !openShared ? opened : (shared ??= await openShared());
    const made = model.room(rows);
    rooms.set(rows, made);
    return made;
  };
  const answer = async (x: Matrix): Promise<Matrix<Float32Array>> => {
    const data = new Float32Array(x.rows * CLASSES);
    for (let from = 0; from < x.rows; from += batchRows) {
      if (from > 0) await setImmediate();
      const room = await roomFor(Math.min(batchRows, x.rows - from));
      room.fill(x, from);
      await room.run();
      room.read(data, from * CLASSES);
    }
    return { rows: x.rows, columns: CLASSES, data };
  };

  return {
    runtime: opened.runtime,
    predictProba(x) {
      checkWidth(name, x, opened.inputSize);
      const answered = turn.then(() => answer(x));
      turn = answered.catch(() => undefined); // the caller hears of it; who comes next is served
      return answered;
    },
    async dispose() {
      await turn;
      for (const room of rooms.values()) room.dispose();
      await opened.dispose();
      await shared?.dispose();
    },
  };
}
