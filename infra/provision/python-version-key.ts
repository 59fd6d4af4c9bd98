import { PYTHON_FOLDERS } from './pins.js';
import type { PythonFolder } from './pins.js';

/** Version of a folder of Python packages: which Python they were made for (3.11, for example), and which they are. */
export const pythonVersionKey = (python: string, name: PythonFolder): string => `${python} with ${PYTHON_FOLDERS[name].packages.join(', ')}`;
