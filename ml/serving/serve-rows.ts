import { checkWidth } from '../models/check-width.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { ServedModel } from './served-model.js';

/** Rows of one run: enough for the products to be efficient, few enough for the activations to stay in a core's own cache. */
const BATCH_ROWS = 64;

/** A model opened in a runtime that answers rows in place. */
export interface OpenedModel {
  /** Numbers of a row. */
  readonly inputSize: number;
  readonly runtime: string;
  /** Whether it takes more rows than one at once. */
  readonly batches: boolean;
  /** Room for so many rows. Rooms of different lanes may run at once, those of one lane one after the other. */
  room(rows: number, lane: number): Room;
  dispose(): Promise<void>;
}

/** Rows and their answers, in memory that is used again. */
export interface Room {
  /** Takes the rows from `from` on, as many as there is room for. */
  fill(x: Matrix, from: number): void;
  run(): Promise<void>;
  /** Writes the probabilities of the last run to `data`, from `at` on. */
  read(data: Float32Array, at: number): void;
  dispose(): void;
}

/**
 * Serves an opened model: single rows at once, more of them in batches, of which as many run at a time as there are threads, each on one:
 * a network of these sizes gains less by threads within an operator than they wait for each other. Calls wait for each other.
 */
export function serveRows(name: string, opened: OpenedModel, threads: number): ServedModel {
  const lanes = Array.from({ length: threads }, () => new Map<number, Room>());
  let turn: Promise<unknown> = Promise.resolve();

  const roomFor = (rows: number, lane: number): Room => {
    const kept = lanes[lane] ?? new Map<number, Room>();
    for (const [size, room] of kept) {
      if (size === rows) return room;
      if (size === 1 || size === BATCH_ROWS) continue;
      room.dispose(); // one of odd size is kept at a time
      kept.delete(size);
    }
    const made = opened.room(rows, lane);
    kept.set(rows, made);
    return made;
  };
  const answer = async (x: Matrix): Promise<Matrix<Float32Array>> => {
    const data = new Float32Array(x.rows * CLASSES);
    const step = opened.batches ? BATCH_ROWS : 1;
    let next = 0;
    const work = async (lane: number): Promise<void> => {
      while (next < x.rows) {
        const from = next;
        const rows = Math.min(step, x.rows - from);
        next += rows;
        const room = roomFor(rows, lane);
        room.fill(x, from);
        await room.run();
        room.read(data, from * CLASSES);
      }
    };
    if (x.rows <= step) await work(0);
    else await whole(lanes.map((_, lane) => work(lane)));
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
      for (const kept of lanes) for (const room of kept.values()) room.dispose();
      await opened.dispose();
    },
  };
}

/** Rejects once all have ended, so that nothing runs on behind who is told. */
async function whole(work: readonly Promise<void>[]): Promise<void> {
  const [failed] = (await Promise.allSettled(work)).filter((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
