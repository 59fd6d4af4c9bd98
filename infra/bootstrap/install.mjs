import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { checkPrograms } from './prerequisites.mjs';
import { inProject } from './project.mjs';
import { runCommand } from './run-command.mjs';
import { readStamp, writeStamp } from './stamp.mjs';
import { Stop } from './stop.mjs';
import { withLock } from './with-lock.mjs';

const STAMP = 'node_modules/.digitloom-lock';

/** Runs `npm ci` when the lock file is not the one that node_modules was made from; true when it ran. */
export async function install() {
  const lock = createHash('sha256').update(readFileSync(inProject('package-lock.json'))).digest('hex');
  const installed = () => readStamp(STAMP) === lock && existsSync(inProject('node_modules/typescript'));
  if (installed()) return false;
  checkPrograms();
  return withLock('install', async () => {
    if (installed()) return false; // another process installed it meanwhile
    console.error('Installing npm packages (npm ci) …');
    // npm is quiet unless something is wrong; the stamp is written last, so an interrupted install runs again.
    const code = await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['inherit', 2, 2] });
    if (code !== 0) throw new Stop(`npm ci failed (exit code ${code}); its messages are above. Mend that and run the command again.`);
    writeStamp(STAMP, lock);
    return true;
  });
}
