import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes.js';
import type { StackPorts } from './choose-ports.js';
import { inheritedVariables } from './inherited-variables.js';
import type { PartSpec } from './supervise.js';

/** Temporal's development server with its Web UI, on a database file that outlives it. */
export function temporalPart(program: string, stateDir: string, ports: StackPorts, logFile: string): PartSpec {
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${temporalType(type)}`]);
  return {
    name: 'temporal',
    program,
    args: [
      'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(ports.temporal), '--ui-port', String(ports.temporalUi),
      '--db-filename', join(stateDir, 'temporal.db'), '--log-level', 'warn',
      '--dynamic-config-value', 'matching.useNewMatcher=true', // priorities of activities need it
      ...attributes,
    ],
    env: inheritedVariables(),
    logFile,
  };
}

/** Whether the server answers that it serves. */
export async function temporalAnswers(address: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '2s' });
    const { status } = await connection.healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' });
    return status === 1; // SERVING
  } catch {
    return false; // not yet, or not at all: the caller knows how long to ask
  } finally {
    await connection?.close();
  }
}

function temporalType(type: 'KEYWORD' | 'DOUBLE'): string {
  return type === 'KEYWORD' ? 'Keyword' : 'Double';
}
