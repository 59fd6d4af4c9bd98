import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Python that packages run. */
export interface FakeWork {
  /** As `numpy` is imported. */
  readonly onImport?: string;
  /** In `numpy.load`, by which every script opens the rows: its packages are loaded by then. */
  readonly onLoad?: string;
}

/** A folder of packages that let the scripts around ONNX Runtime and LiteRT begin, and read nothing. */
export function fakePackages(folder: string, { onImport = '', onLoad = 'return None' }: FakeWork): string {
  const modules = {
    'numpy.py': `${onImport}\ndef load(path):\n    ${onLoad}\n`,
    'onnx.py': '__version__ = "1"\n',
    'onnxruntime.py': '__version__ = "2"\n',
    'ai_edge_litert/__init__.py': '',
    'ai_edge_litert/schema_py_generated.py': '',
    'ai_edge_litert/interpreter.py': 'Interpreter = None\nclass OpResolverType:\n    AUTO = BUILTIN_WITHOUT_DEFAULT_DELEGATES = BUILTIN_REF = None\n',
  };
  for (const [name, text] of Object.entries(modules)) {
    const file = join(folder, 'packages', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder, 'packages');
}
