import { readFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';

const LEVELS = ['avx512f', 'avx2', 'avx', 'sve2', 'sve', 'asimd'];

/**
 * The instruction set by which native numerics choose their kernels, e.g. `x64/avx512f`; results are equal to the bit only
 * within one. Where the operating system does not list features, the processor's name stands for it.
 */
export function cpuFeatureLevel(cpuinfo = linuxCpuinfo()): string {
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuinfo ?? '')?.[1]?.split(/\s+/);
  if (!flags) return `${arch()}/${cpus()[0]?.model ?? 'unknown'}`;
  return `${arch()}/${LEVELS.find((level) => flags.includes(level)) ?? 'base'}`;
}

function linuxCpuinfo(): string | undefined {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
