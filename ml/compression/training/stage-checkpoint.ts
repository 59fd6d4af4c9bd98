import { InvalidModelError } from '../../../shared/errors.js';
import type { JsonObject } from '../../../shared/json.js';
import { decodeNpz, encodeNpz } from '../../data/npz.js';
import { encodeSavedNetwork } from '../../models/encode-saved-network.js';
import { readLayersModel } from '../../models/read-layers-model.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';

const FORMAT = 'digitloom-compression-1';

/** Where a compression stands: a stage, the network that it started from, the details of those before it, its training's state. */
export interface StageCheckpoint {
  readonly stage: number;
  readonly saved: SavedNetwork;
  readonly details: JsonObject;
  readonly segment: Uint8Array | undefined;
}

/** A checkpoint as a zip; the same one gives the same bytes. */
export function encodeStages({ stage, saved, details, segment }: StageCheckpoint): Uint8Array {
  return encodeNpz({
    'stage.json': new TextEncoder().encode(JSON.stringify({ format: FORMAT, stage, details })),
    'network.zip': encodeSavedNetwork(saved),
    ...(segment && { 'segment.zip': segment }),
  });
}

/** @throws InvalidModelError when the bytes are no such checkpoint. */
export function decodeStages(bytes: Uint8Array): StageCheckpoint {
  const { files } = decodeNpz(bytes, 'checkpoint of a compression');
  const [facts, network] = [files['stage.json'], files['network.zip']];
  const { format, stage, details } = (facts ? JSON.parse(new TextDecoder().decode(facts)) : {}) as { format?: string; stage?: number; details?: JsonObject };
  if (format !== FORMAT || !network || stage === undefined) throw new InvalidModelError(`checkpoint of a compression: expected ${FORMAT}, got ${format ?? 'none'}. Start the compression afresh.`);
  return { stage, saved: readLayersModel(network), details: details ?? {}, segment: files['segment.zip'] };
}
