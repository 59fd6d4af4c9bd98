import type { OutputStruct } from './library.js';

const BYTES = 16; // a pointer, an int and its padding

/** Outputs as an array of TF_Output in memory. */
export function writeOutputs(outputs: readonly OutputStruct[]): Uint8Array<ArrayBuffer> {
  const memory = new DataView(new ArrayBuffer(BYTES * Math.max(1, outputs.length)));
  outputs.forEach(({ oper, index }, i) => {
    memory.setBigUint64(BYTES * i, oper, true);
    memory.setInt32(BYTES * i + 8, index, true);
  });
  return new Uint8Array(memory.buffer);
}

/** Reads such an array back. */
export function readOutputs(memory: Uint8Array<ArrayBuffer>, count: number): OutputStruct[] {
  const view = new DataView(memory.buffer);
  return Array.from({ length: count }, (_, i) => ({ oper: view.getBigUint64(BYTES * i, true), index: view.getInt32(BYTES * i + 8, true) }));
}
