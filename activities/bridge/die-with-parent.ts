const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

/**
 * Ties this process to its parent: on Linux the kernel kills it when the parent dies, however that happens and whatever this
 * process is busy with; elsewhere it ends at the first turn of its event loop after the channel to the parent has closed.
 */
export async function dieWithParent(parentPid: number): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  if (process.platform !== 'linux') return;
  const { default: koffi } = await import('koffi');
  const prctl = koffi.load(null).func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)') as (
    option: number, a: number, b: number, c: number, d: number,
  ) => number;
  const failed = prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) !== 0;
  if (failed) process.emitWarning('prctl(PR_SET_PDEATHSIG) failed: this process may outlive a killed parent until its event loop turns.');
  // The parent may have died before the call.
  if (process.ppid !== parentPid) process.exit(1);
}
