import type { TensorData } from './data-type.js';
import type { Graph, Operation, Output } from './graph.js';
import { prepareRun } from './prepared-run.js';
import type { PreparedRun } from './prepared-run.js';
import { encodeSessionConfig } from './session-config.js';
import type { SessionConfig } from './session-config.js';
import { withStatus } from './status.js';

/** A device of a session. */
export interface Device {
  /** E.g. `/job:localhost/replica:0/task:0/device:GPU:0`. */
  readonly name: string;
  readonly type: string;
  /** Memory that TensorFlow may use. */
  readonly bytes: number;
}

/** Runs a graph. */
export interface Session {
  /** A run that is made again and again: values for `feeds`, in their order, bring those of `fetches`; `targets` run too. */
  prepare(parts: { readonly feeds?: readonly Output[]; readonly fetches?: readonly Output[]; readonly targets?: readonly Operation[] }): PreparedRun;
  /** The value of one output, computed at once. */
  evaluate(output: Output): Promise<TensorData>;
  devices(): Device[];
  /** Ends the session; no run is under way. */
  close(): void;
}

/**
 * Opens a session on a graph. Operations may still be added to the graph.
 * @throws NativeLibraryError when TensorFlow refuses the configuration.
 */
export function openSession(graph: Graph, config: SessionConfig): Session {
  const { library } = graph;
  const { functions } = library;
  const options = functions.TF_NewSessionOptions();
  const bytes = encodeSessionConfig(config);
  let session: bigint;
  try {
    withStatus(library, 'session configuration', (status) => functions.TF_SetConfig(options, bytes, bytes.length, status));
    session = withStatus(library, 'session', (status) => functions.TF_NewSession(graph.address, options, status));
  } finally {
    functions.TF_DeleteSessionOptions(options);
  }
  return {
    prepare: ({ feeds = [], fetches = [], targets = [] }) => prepareRun(graph, session, { feeds, fetches, targets }),
    async evaluate(output) {
      const [value] = await prepareRun(graph, session, { feeds: [], fetches: [output], targets: [] }).run([]);
      return value as TensorData;
    },
    devices() {
      const list = withStatus(library, 'devices', (status) => functions.TF_SessionListDevices(session, status));
      const devices = Array.from({ length: functions.TF_DeviceListCount(list) }, (_, i) => withStatus(library, 'device', (status) => ({
        name: functions.TF_DeviceListName(list, i, status),
        type: functions.TF_DeviceListType(list, i, status),
        bytes: Number(functions.TF_DeviceListMemoryBytes(list, i, status)),
      })));
      functions.TF_DeleteDeviceList(list);
      return devices;
    },
    close() {
      withStatus(library, 'closing', (status) => functions.TF_CloseSession(session, status));
      withStatus(library, 'closing', (status) => functions.TF_DeleteSession(session, status));
    },
  };
}
