import { averagedOverShifts } from '../../ml/training/test-time-augmentation.js';
import type { Offset } from '../../ml/training/test-time-augmentation.js';
import type { RunnerOf } from './check-network-export.js';

/** Runners of files that look at an image as it is, asked at every place of it: the mean is what the network says that they were written of. */
export function averagedRunner(runnerOf: RunnerOf, places: readonly Offset[]): RunnerOf {
  if (places.length === 1) return runnerOf;
  return (format, files) => {
    const runner = runnerOf(format, files);
    return runner && {
      runtime: runner.runtime,
      answer(x, { signal, progress }) {
        let asked = 0;
        return averagedOverShifts((shifted) => {
          const before = asked++;
          return runner.answer(shifted, { signal, progress: ({ fraction, ...more }) => progress({ ...more, fraction: (before + fraction) / places.length }) });
        }, places)(x);
      },
    };
  };
}
