import { InvalidConfigError } from '../../shared/errors.js';
import { DEFAULT_PORTS } from './choose-ports.js';
import { foreignServers, resolveAddresses } from './resolve-addresses.js';
import type { StackAddresses } from './stack-addresses.js';
import { runningStack } from './start-detached.js';

/**
 * The servers to talk to without starting any: those of the environment, else those of the stack that runs in `stateDir`.
 * @throws InvalidConfigError when a server is in neither place.
 */
export function findAddresses(stateDir: string, env: NodeJS.ProcessEnv = process.env): StackAddresses {
  const running = runningStack(stateDir)?.addresses;
  const foreign = foreignServers(env);
  if (!running && !(foreign.temporal && foreign.s3)) {
    throw new InvalidConfigError(
      `No stack runs in ${stateDir}, and TEMPORAL_ADDRESS and AWS_ENDPOINT_URL_S3 are not both set. ` +
      'Start one with `digitloom up`, or set both addresses.',
    );
  }
  const named = resolveAddresses(env, DEFAULT_PORTS);
  if (!running) return named;
  const { temporal, namespace, temporalUi, ...store } = running;
  return {
    ...(foreign.s3 ? pickStore(named) : store),
    ...(foreign.temporal
      ? { temporal: named.temporal, namespace: named.namespace }
      : { temporal, namespace, ...(temporalUi === undefined ? {} : { temporalUi }) }),
  };
}

function pickStore({ temporal: _address, namespace: _namespace, temporalUi: _ui, ...store }: StackAddresses): Omit<StackAddresses, 'temporal' | 'namespace' | 'temporalUi'> {
  return store;
}
