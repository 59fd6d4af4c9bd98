import { InternalError, NativeLibraryError } from '../../shared/errors.js';
import { dataTypeOfArray } from './data-type.js';
import type { TensorData } from './data-type.js';
import type { Graph, Operation, Output } from './graph.js';
import { writeOutputs } from './output-memory.js';
import { throwUnlessOk } from './status.js';
import { newTensor, takeTensor } from './tensor-memory.js';

/** A value for a placeholder: it is copied before the run begins. */
export interface FeedValue {
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
}

/** A run whose feeds, fetches and targets are fixed. One run at a time. */
export interface PreparedRun {
  /**
   * Runs in another thread: the event loop stays free.
   * @returns the fetched values, in their order.
   * @throws OutOfMemoryError, or NativeLibraryError in TensorFlow's words.
   */
  run(values: readonly FeedValue[]): Promise<TensorData[]>;
}

/** Lays out what TF_SessionRun reads, once. */
export function prepareRun(
  graph: Graph,
  session: bigint,
  { feeds, fetches, targets }: { readonly feeds: readonly Output[]; readonly fetches: readonly Output[]; readonly targets: readonly Operation[] },
): PreparedRun {
  const { library } = graph;
  const { functions } = library;
  const [inputs, outputs] = [writeOutputs(feeds), writeOutputs(fetches)];
  const inputTensors = pointers(feeds.length);
  const outputTensors = pointers(fetches.length);
  const operations = pointers(targets.length);
  operations.set(targets);
  const types = feeds.map((feed) => graph.typeOf(feed));
  let busy = false;

  const call = (status: bigint): Promise<void> => new Promise((resolve, reject) => {
    functions.TF_SessionRun.async(
      session, null, inputs, inputTensors, feeds.length, outputs, outputTensors, fetches.length, operations, targets.length, null, status,
      (error) => (error ? reject(new NativeLibraryError(`TensorFlow, run: ${String(error)}`)) : resolve()),
    );
  });

  return {
    async run(values) {
      if (busy) throw new InternalError('A prepared run was started while it was under way.');
      if (values.length !== feeds.length) throw new InternalError(`A run of ${feeds.length} feeds got ${values.length} values.`);
      busy = true;
      const status = functions.TF_NewStatus();
      try {
        values.forEach(({ shape, data }, i) => (inputTensors[i] = newTensor(library, types[i] ?? dataTypeOfArray(data), shape, data)));
        outputTensors.fill(0n);
        await call(status);
        throwUnlessOk(library, 'run', status);
        return Array.from(outputTensors.subarray(0, fetches.length), (tensor) => takeTensor(library, tensor));
      } finally {
        inputTensors.subarray(0, values.length).forEach((tensor) => tensor !== 0n && functions.TF_DeleteTensor(tensor));
        inputTensors.fill(0n);
        functions.TF_DeleteStatus(status);
        busy = false;
      }
    },
  };
}

function pointers(count: number): BigUint64Array<ArrayBuffer> {
  return new BigUint64Array(new ArrayBuffer(8 * Math.max(1, count)));
}
