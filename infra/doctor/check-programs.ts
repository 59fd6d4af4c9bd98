import { execa } from 'execa';
import type { Check } from './check.js';

interface Program {
  readonly name: string;
  readonly tries: readonly (readonly [string, ...string[]])[];
  readonly remedy: string;
  /** True: only a machine without official releases needs it. */
  readonly optional?: boolean;
}

const PROGRAMS: readonly Program[] = [
  { name: 'npm', tries: [['npm', '--version']], remedy: 'Install Node from https://nodejs.org; npm comes with it.' },
  { name: 'Python 3', tries: [['python3', '--version']], remedy: 'apt install python3' },
  { name: 'pip', tries: [['python3', '-m', 'pip', '--version']], remedy: 'apt install python3-pip, or python3 -m ensurepip' },
  { name: 'make', tries: [['make', '--version']], remedy: 'apt install make' },
  { name: 'C++ compiler', tries: [['c++', '--version'], ['g++', '--version'], ['clang++', '--version']], remedy: 'apt install g++' },
  { name: 'Go', tries: [['go', 'version']], remedy: 'Needed only where official releases cannot be downloaded: https://go.dev/dl', optional: true },
];

/** The programs that installing and provisioning call. */
export async function checkPrograms(): Promise<Check[]> {
  const node: Check = { name: 'Node', state: 'ok', found: process.versions.node, where: process.execPath };
  return [node, ...(await Promise.all(PROGRAMS.map(checkProgram)))];
}

async function checkProgram({ name, tries, remedy, optional }: Program): Promise<Check> {
  for (const [program, ...args] of tries) {
    const { stdout, failed } = await execa(program, args, { reject: false });
    if (failed) continue;
    const which = await execa('sh', ['-c', `command -v ${program}`], { reject: false });
    return { name, state: 'ok', found: /\d+\.\d+[\w.]*/.exec(stdout)?.[0] ?? stdout.split('\n')[0] ?? '', where: which.stdout };
  }
  return { name, state: optional ? 'note' : 'missing', found: 'not on PATH', remedy };
}
