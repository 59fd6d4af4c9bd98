import { checkPrograms } from './prerequisites.mjs';
import { runCommand } from './run-command.mjs';
import { Stop } from './stop.mjs';

/** Brings the native parts (Temporal, an S3 server, TensorFlow, XGBoost) where they are missing; milliseconds where not. */
export async function provision(args = []) {
  const { isProvisioned } = await import('../../dist/infra/provision/is-provisioned.js');
  if (isProvisioned(args)) return;
  checkPrograms();
  const code = await runCommand(process.execPath, ['--enable-source-maps', 'dist/infra/provision/main.js', ...args], { stdio: ['inherit', 2, 2] });
  if (code !== 0) throw new Stop('Provisioning stopped; the reason is above. `./digitloom doctor` shows the state of each part.', code);
}
