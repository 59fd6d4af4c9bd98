import { spawnSync } from 'node:child_process';

/** A line that a Python peer prints. */
export interface PeerLine {
  readonly what: string;
  readonly images_per_s?: number;
  readonly procs?: number;
  /** Cores that other processes kept busy meanwhile. */
  readonly other_cores?: number;
}

/**
 * Runs a Python script of the comparison on MNIST's folder and reads the JSON lines that it prints.
 * @throws when it ends with another code than 0; what it said stands on stderr.
 */
export function runPeer({ python, script, mnist, images }: { readonly python: string; readonly script: string; readonly mnist: string; readonly images: number }): PeerLine[] {
  const { status, stdout, error } = spawnSync(python, [script, String(images)], { env: { ...process.env, MNIST_DIR: mnist, PEERS_WAIT: '0' }, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`${python} ${script} ended with ${status ?? error?.message}; its messages are above.`);
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as PeerLine);
}
