import { InvalidModelError } from '../../shared/errors.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Npz } from '../data/npz.js';
import type { EngineState } from './training-engine.js';
import type { EpochHistory, TrainingState } from './training-state.js';

const FORMAT = 'digitloom-training-2';

/** The numbers of a state; JSON keeps every finite double exactly. */
interface StateFacts {
  readonly format: string;
  readonly step: number;
  readonly epochLoss: number;
  readonly stopped: boolean;
  readonly best: { readonly epoch: number; readonly accuracy: number; readonly loss: number };
  readonly history: EpochHistory;
}

/** A training state as an `.npz` of float32 arrays and `state.json`; the same state gives the same bytes. */
export function encodeSegment({ engine, best, history, step, epochLoss, stopped }: TrainingState): Uint8Array {
  const facts: StateFacts = { format: FORMAT, step, epochLoss, stopped, history, best: { epoch: best.epoch, accuracy: best.accuracy, loss: best.loss } };
  const arrays = { ...engine, 'best.weights': best.weights, 'best.moving': best.moving };
  return encodeNpz({
    'state.json': new TextEncoder().encode(JSON.stringify(facts)),
    ...Object.fromEntries(Object.entries(arrays).map(([name, data]) => [name, { data: data as Float32Array<ArrayBuffer>, shape: [data.length] }])),
  });
}

/**
 * Reads a training state. Its arrays are copies, free to be changed.
 * @param like the engine's state, whose arrays it must have.
 * @throws InvalidModelError when the bytes are no such state, or one of another network or optimiser.
 */
export function decodeSegment(bytes: Uint8Array, like: EngineState): TrainingState {
  const npz = decodeNpz(bytes, 'training state');
  const { step, epochLoss, stopped, history, best } = readFacts(npz);
  const vector = (name: string, length: number): Float32Array => {
    const data = npz.arrays[name]?.data;
    if (!(data instanceof Float32Array) || data.length !== length) {
      throw new InvalidModelError(`training state: expected ${name} with ${length} float32 numbers, got ${data ? data.length : 'none'}: it belongs to another network or optimiser.`);
    }
    return data.slice();
  };
  return {
    engine: Object.fromEntries(Object.entries(like).map(([name, { length }]) => [name, vector(name, length)])),
    best: { ...best, weights: vector('best.weights', like['weights'].length), moving: vector('best.moving', like['moving']?.length ?? 0) },
    step, epochLoss, stopped, history,
  };
}

/** How far an encoded state is, without reading its arrays into use. */
export function segmentPosition(bytes: Uint8Array): { readonly step: number; readonly stopped: boolean } {
  const { step, stopped } = readFacts(decodeNpz(bytes, 'training state'));
  return { step, stopped };
}

function readFacts({ files }: Npz): StateFacts {
  const text = files['state.json'];
  const facts = text && (JSON.parse(new TextDecoder().decode(text)) as StateFacts);
  if (!facts || facts.format !== FORMAT) {
    throw new InvalidModelError(`training state: expected state.json of format ${FORMAT}, got ${facts ? facts.format : 'none'}. Start the training afresh.`);
  }
  return facts;
}
