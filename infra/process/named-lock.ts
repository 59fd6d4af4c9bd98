import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A lock that this process holds until it releases it or dies. */
export interface NamedLock {
  release(): void;
}

/**
 * Takes the lock on a folder for a purpose; undefined when another process holds it. The lock is a socket in Linux's
 * abstract namespace: the kernel frees it when its holder dies, so it is never stale. It does not keep a process alive.
 */
export async function takeLock(purpose: string, folder: string): Promise<NamedLock | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    server.once('release', () => socket.destroy());
    socket.unref();
  }).setMaxListeners(0);
  server.listen(address(purpose, folder));
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return {
    release() {
      server.close();
      server.emit('release');
    },
  };
}

/** Resolves when nobody holds the lock (for a moment: take it to be sure), or when the signal ends the wait. */
export async function lockIsFree(purpose: string, folder: string, signal?: AbortSignal): Promise<void> {
  const socket = connect(address(purpose, folder));
  socket.resume();
  const leave = (): void => void socket.destroy();
  signal?.addEventListener('abort', leave, { once: true });
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.once('error', () => resolve()); // refused: nobody listens
  });
}

function address(purpose: string, folder: string): string {
  return `\0digitloom-${purpose}-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
}
