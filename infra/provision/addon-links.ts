import { copyFileSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The two packages that call TensorFlow through the same addon. */
export type AddonPackage = 'tfjs-node' | 'tfjs-node-gpu';

// From dist/infra/provision/ up to the project's root.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LIBRARIES = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow_cc.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
  'libtensorflow_framework.so.2': 'libtensorflow_framework.so.2',
};
const BINDING = 'lib/napi-v8/tfjs_binding.node';

/** Folder of an addon's package. */
export const addonPackageFolder = (name: AddonPackage): string => join(ROOT, 'node_modules/@tensorflow', name);

/** What an addon was built for: another value means to build it again. `tensorflow` names the wheel and its version. */
export function addonKey(name: AddonPackage, tensorflow: string): string {
  const { version } = JSON.parse(readFileSync(join(addonPackageFolder(name), 'package.json'), 'utf8')) as { version: string };
  return `${name}-${version}-abi${process.versions.modules}-${tensorflow}`;
}

/** Points `deps/` of a package (or of a copy of it) to TensorFlow's headers and libraries. */
export function linkTensorflow(packageFolder: string, tensorflow: string): void {
  const deps = join(packageFolder, `deps.${process.pid}`);
  mkdirSync(join(deps, 'lib'), { recursive: true });
  symlinkSync(join(tensorflow, 'include'), join(deps, 'include'));
  for (const [link, file] of Object.entries(LIBRARIES)) symlinkSync(join(tensorflow, file), join(deps, 'lib', link));
  rmSync(join(packageFolder, 'deps'), { recursive: true, force: true });
  renameSync(deps, join(packageFolder, 'deps'));
}

/** Puts the built addon into its package; copied, because it looks for its libraries beside its real path. */
export function linkAddon(name: AddonPackage, tensorflow: string, addon: string, key: string): void {
  const folder = addonPackageFolder(name);
  linkTensorflow(folder, tensorflow);
  mkdirSync(join(folder, 'lib/napi-v8'), { recursive: true });
  // Renamed over the old one: a process that runs it keeps its own.
  copyFileSync(addon, join(folder, `${BINDING}.${process.pid}`));
  renameSync(join(folder, `${BINDING}.${process.pid}`), join(folder, BINDING));
  writeFileSync(join(folder, 'deps/key'), key);
}

/** Whether the package already has the addon for this Node and its links point to that TensorFlow. */
export function addonIsLinked(name: AddonPackage, tensorflow: string): boolean {
  const folder = addonPackageFolder(name);
  const key = join(folder, 'deps/key');
  const library = join(folder, 'deps/lib/libtensorflow.so.2');
  if (!existsSync(key) || !existsSync(library) || !existsSync(join(folder, BINDING))) return false;
  const abi = `-abi${process.versions.modules}-`;
  return readlinkSync(library) === join(tensorflow, 'libtensorflow_cc.so.2') && readFileSync(key, 'utf8').includes(abi);
}
