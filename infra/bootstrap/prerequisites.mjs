import { spawnSync } from 'node:child_process';
import { Stop } from './stop.mjs';

const OLDEST_NODE = [20, 19];

/** @throws Stop when this Node is too old to run anything else here. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Stop(
    `This is Node ${process.versions.node}; Digitloom needs Node ${OLDEST_NODE.join('.')} or newer. ` +
    'Install the current LTS from https://nodejs.org (or `nvm install --lts`).',
  );
}

/** @throws Stop where the native parts do not exist: their pinned wheels are Linux's, for 64-bit Intel and AMD processors. */
export function checkPlatform() {
  if (process.platform === 'linux' && process.arch === 'x64') return;
  throw new Stop(
    `This is ${process.platform} on ${process.arch}; Digitloom runs on Linux on x64 (with glibc). ` +
    'Use such a machine, or a virtual one.',
  );
}

/** What must be there to install and to provision, with the remedy for each. Each is tried, not only looked for. */
const PROGRAMS = [
  {
    tries: [['npm', '--version']],
    remedy: 'npm is not on PATH. It comes with Node: install Node from https://nodejs.org, or `apt install npm`.',
  },
  {
    tries: [['python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 9))']],
    remedy: 'Python 3.9 or newer is not on PATH as python3. Install it: `apt install python3 python3-pip`.',
  },
  {
    tries: [['python3', '-m', 'pip', '--version']],
    remedy: 'Python has no pip (it fetches TensorFlow and XGBoost). Install it: `apt install python3-pip`, or `python3 -m ensurepip`.',
  },
  { tries: [['make', '--version']], remedy: 'make is not on PATH (it builds the TensorFlow addon). Install it: `apt install make`.' },
  {
    tries: [['c++', '--version'], ['g++', '--version'], ['clang++', '--version']],
    remedy: 'No C++ compiler is on PATH (it builds the TensorFlow addon). Install one: `apt install g++`.',
  },
];

/**
 * Checks what installing and provisioning need; all that is missing is told at once. Go is not among them: it is asked
 * for only where neither a program on PATH, nor the cache, nor an official release serves.
 * @throws Stop with one sentence and a remedy for each missing program.
 */
export function checkPrograms() {
  const works = ([program, ...args]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  const missing = PROGRAMS.filter(({ tries }) => !tries.some(works)).map(({ remedy }) => remedy);
  if (missing.length > 0) throw new Stop(missing.join('\n'));
}
