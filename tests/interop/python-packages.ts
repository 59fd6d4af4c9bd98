import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder of Python packages that provisioning fills for the official runtimes.
 * @throws when it is absent, with the remedy.
 */
export function pythonPackages(): string {
  const folder = cached('python-interop');
  for (const name of ['ai_edge_litert', 'numpy', 'onnx', 'onnxruntime', 'safetensors', 'xgboost']) {
    if (!existsSync(join(folder, name))) {
      throw new Error(
        `The Python package ${name} is not in ${folder}. Run \`npm run test:interop\`, which provisions it, or: ` +
          `python3 -m pip install --target "${folder}" ai-edge-litert numpy onnx onnxruntime safetensors xgboost-cpu scipy`,
      );
    }
  }
  return folder;
}

/** The folder with TensorFlow for Python, where it was provisioned: it is large, so it is brought only when it is asked for. */
export function pythonTensorflow(): string | undefined {
  const folder = cached('python-tensorflow');
  return existsSync(join(folder, 'tensorflow')) ? folder : undefined;
}

function cached(name: string): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'digitloom', name);
}
