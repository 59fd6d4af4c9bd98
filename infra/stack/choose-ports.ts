import getPort, { portNumbers } from 'get-port';

/** The stack's ports on the loopback interface. */
export interface StackPorts {
  readonly temporal: number;
  readonly temporalUi: number;
  readonly s3: number;
}

/** Where each part listens when the port is free. */
export const DEFAULT_PORTS: StackPorts = { temporal: 7233, temporalUi: 8233, s3: 7070 };
const TRIES = 200;

/** The wanted ports, or the next free one above each. */
export async function choosePorts(wanted: Partial<StackPorts> = {}): Promise<StackPorts> {
  const next = (port: number): Promise<number> => getPort({ port: portNumbers(port, Math.min(port + TRIES, 65_535)) });
  const temporal = await next(wanted.temporal ?? DEFAULT_PORTS.temporal);
  const temporalUi = await next(wanted.temporalUi ?? DEFAULT_PORTS.temporalUi);
  const s3 = await next(wanted.s3 ?? DEFAULT_PORTS.s3);
  return { temporal, temporalUi, s3 };
}
