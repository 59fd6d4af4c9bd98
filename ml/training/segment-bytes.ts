import { InvalidModelError } from '../../shared/errors.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { Npz } from '../data/npz.js';
import type { EpochHistory, TrainingState } from './training-state.js';

const FORMAT = 'digitloom-training-1';

/** The numbers of a state; JSON keeps every finite double exactly. */
interface StateFacts {
  readonly format: string;
  readonly step: number;
  readonly epochLoss: number;
  readonly stopped: boolean;
  readonly beta1Power: number;
  readonly beta2Power: number;
  readonly best: { readonly epoch: number; readonly accuracy: number; readonly loss: number };
  readonly history: EpochHistory;
}

/** A training state as an `.npz` of float32 arrays and `state.json`; the same state gives the same bytes. */
export function encodeSegment(state: TrainingState): Uint8Array {
  const { weights, optimiser, best, history, step, epochLoss, stopped } = state;
  const facts: StateFacts = {
    format: FORMAT, step, epochLoss, stopped, history,
    beta1Power: optimiser.beta1Power,
    beta2Power: optimiser.beta2Power,
    best: { epoch: best.epoch, accuracy: best.accuracy, loss: best.loss },
  };
  const vector = (data: Float32Array) => ({ data: data as Float32Array<ArrayBuffer>, shape: [data.length] });
  return encodeNpz({
    'state.json': new TextEncoder().encode(JSON.stringify(facts)),
    weights: vector(weights),
    mean: vector(optimiser.mean),
    variance: vector(optimiser.variance),
    best: vector(best.weights),
  });
}

/**
 * Reads a training state. Its arrays are copies, free to be changed.
 * @throws InvalidModelError when the bytes are no such state, or one of a network with another number of weights.
 */
export function decodeSegment(bytes: Uint8Array, parameters: number): TrainingState {
  const npz = decodeNpz(bytes, 'training state');
  const facts = readFacts(npz);
  const vector = (name: string): Float32Array => {
    const data = npz.arrays[name]?.data;
    if (!(data instanceof Float32Array) || data.length !== parameters) {
      throw new InvalidModelError(
        `training state: expected ${name} with ${parameters} float32 numbers, got ${data ? data.length : 'none'}: it belongs to another network.`,
      );
    }
    return data.slice();
  };
  const { step, epochLoss, stopped, history, beta1Power, beta2Power } = facts;
  return {
    weights: vector('weights'),
    optimiser: { mean: vector('mean'), variance: vector('variance'), beta1Power, beta2Power },
    best: { ...facts.best, weights: vector('best') },
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
