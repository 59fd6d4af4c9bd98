import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import prettyMs from 'pretty-ms';

/** The progress of one part. */
export interface PartProgress {
  /** What is going on now, in a few words. */
  stage(text: string): void;
  /** How much of the present stage is done, in [0, 1]. */
  fraction(value: number): void;
  done(text: string): void;
}

/** Shows how provisioning goes: a bar for each part in a terminal, plain lines elsewhere. */
export interface Progress {
  part(name: string): PartProgress;
  stop(): void;
}

const PLAIN_EVERY_MS = 20_000;

/** Progress on standard error; nothing appears before a part has something to say. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function bars(stream: NodeJS.WriteStream): Progress {
  const multi = new MultiBar(
    { stream, format: '{name} {bar} {percentage}% {stage}', hideCursor: true, clearOnComplete: false, linewrap: false },
    Presets.shades_classic,
  );
  return {
    part(name) {
      let bar: SingleBar | undefined;
      const started = performance.now();
      const shown = (): SingleBar => (bar ??= multi.create(100, 0, { name: name.padEnd(18), stage: '' }));
      return {
        stage: (text) => shown().update(0, { stage: text }),
        fraction: (value) => shown().update(Math.floor(100 * Math.min(1, value))),
        done: (text) => shown().update(100, { stage: `${text} (${prettyMs(performance.now() - started)})` }),
      };
    },
    stop: () => multi.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): Progress {
  return {
    part(name) {
      const started = performance.now();
      let last = started;
      let stage = '';
      return {
        stage: (text) => {
          stage = text;
          last = performance.now();
          stream.write(`${name}: ${text} …\n`);
        },
        fraction: (value) => {
          if (performance.now() - last < PLAIN_EVERY_MS) return;
          last = performance.now();
          stream.write(`${name}: ${stage} … ${Math.floor(100 * Math.min(1, value))} %\n`);
        },
        done: (text) => void stream.write(`${name}: ${text} (${prettyMs(performance.now() - started)})\n`),
      };
    },
    stop: () => undefined,
  };
}
