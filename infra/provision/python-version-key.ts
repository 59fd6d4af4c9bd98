import { PYTHON_PACKAGES } from './pins.js';

/** Version of the folder of Python packages: which Python they were made for (3.11, for example), and which they are. */
export const pythonVersionKey = (python: string): string => `${python} with ${PYTHON_PACKAGES.join(', ')}`;
