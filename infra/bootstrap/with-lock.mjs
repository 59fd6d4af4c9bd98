import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { ROOT } from './project.mjs';

/**
 * Lets one process at a time do some work in this checkout; the others wait. As in infra/process, which is not built yet
 * when this runs, the lock is a socket in Linux's abstract namespace, which the kernel frees when its holder dies.
 */
export async function withLock(purpose, work) {
  const name = `\0digitloom-${purpose}-${createHash('sha256').update(ROOT).digest('hex').slice(0, 32)}`;
  const waiting = new Set();
  const server = createServer((socket) => waiting.add(socket.on('error', () => socket.destroy())));
  for (;;) {
    server.listen(name);
    try {
      await once(server, 'listening');
      break;
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
      await released(name);
    }
  }
  try {
    return await work();
  } finally {
    server.close();
    for (const socket of waiting) socket.destroy();
  }
}

async function released(name) {
  const socket = connect(name).resume();
  await new Promise((resolve) => socket.once('close', resolve).once('error', resolve)); // refused: it is free already
}
