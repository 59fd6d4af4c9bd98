import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Connection } from '@temporalio/client';
import envPaths from 'env-paths';
import getPort from 'get-port';
import { inheritedVariables } from '../../infra/stack/inherited-variables.js';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes.js';
import { startServer } from './start-server.js';

/** A real Temporal dev server on a free port. */
export interface TemporalServer {
  readonly address: string;
  /** SIGKILL; the database stays where it is a durable one. */
  kill(): Promise<void>;
  /** Starts a durable one again on its database and port. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** How a server is started. */
export interface TemporalServerOptions {
  /** Extra server settings (`key=value`). */
  readonly settings?: readonly string[];
  /** Keeps the database in a file, so that `restart` finds it; in memory a server needs two thirds of the time. */
  readonly durable?: boolean;
}

const VERSION = '1.5.1';
const TYPES = { KEYWORD: 'Keyword', DOUBLE: 'Double' } as const;

/** Starts a server that knows Digitloom's search attributes. */
export async function startTemporalServer({ settings = [], durable = false }: TemporalServerOptions = {}): Promise<TemporalServer> {
  const root = await mkdtemp(join(tmpdir(), 'digitloom-temporal-'));
  const port = await getPort({ host: '127.0.0.1' });
  const address = `127.0.0.1:${port}`;
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${TYPES[type]}`]);
  const args = [
    'server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never',
    ...(durable ? ['--db-filename', join(root, 'temporal.db')] : []), ...attributes, ...settings.flatMap((setting) => ['--dynamic-config-value', setting]),
  ];
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    server = await startServer(temporalBinary(), args, inheritedVariables(), () => serves(address));
  };
  const kill = async (): Promise<void> => {
    const ended = once(server, 'exit');
    if (server.kill('SIGKILL')) await ended;
  };
  await start();
  return {
    address, kill,
    async restart() {
      if (!durable) throw new Error('The server kept its database in memory: start it as a durable one.');
      await start();
    },
    async stop() {
      await kill();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function temporalBinary(): string {
  const cached = join(envPaths('digitloom', { suffix: '' }).cache, `temporal-${VERSION}`, 'temporal');
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'temporal'));
  const found = [cached, ...onPath].find((path) => existsSync(path));
  if (!found) throw new Error(`temporal is neither at ${cached} nor on PATH. Run "npm test" once: it provisions it.`);
  return found;
}

async function serves(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
  } finally {
    await connection.close();
  }
}
