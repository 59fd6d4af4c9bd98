import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder in which native parts are kept for all checkouts of this user (`$XDG_CACHE_HOME` or `~/.cache`). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  // The XDG specification says to ignore relative paths.
  const base = env['XDG_CACHE_HOME']?.startsWith('/') ? env['XDG_CACHE_HOME'] : join(env['HOME'] ?? homedir(), '.cache');
  return join(base, 'digitloom');
}
