import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { PipelineConfig } from '../shared/config.js';
import { PRESETS, SECTIONS } from '../shared/config.js';

/** The options that say what to run. */
export interface RunOptions {
  readonly preset?: string;
  readonly config?: string;
  readonly data: readonly string[];
  readonly sections?: string;
  readonly set: readonly string[];
}

const DEFAULT_FILE = 'pipeline_config.json';
/** MNIST, as it comes with the project. */
const DEFAULT_DATA = fileURLToPath(new URL('../../data/mnist', import.meta.url));

/** Adds them to a command. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--preset <name>', `what to start from: ${PRESETS.join(', ')}`)
    .option('--config <file>', `settings that override the preset's (default: ${DEFAULT_FILE} where it exists)`)
    .option('--data <path...>', 'a folder of IDX files, a folder tree <digit>/*.png, one .npz, one .zip, or IDX files', [DEFAULT_DATA])
    .option('--sections <list>', `run only these, separated by commas: ${SECTIONS.join(',')}`)
    .option('--set <path=value>', 'one setting (may be repeated)', (value: string, all: string[]) => [...all, value], []);
}

/** The settings they describe. @throws ConfigProblemsError with all that is wrong. */
export async function configOf({ preset, config, sections, set }: RunOptions): Promise<PipelineConfig> {
  const { loadConfig } = await import('../client/load-config.js'); // a schema validator that not every command needs
  const file = config ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined);
  return loadConfig({
    set,
    ...(preset !== undefined && { preset }),
    ...(file !== undefined && { file }),
    ...(sections !== undefined && { sections: sections.split(',').map((name) => name.trim()).filter(Boolean) }),
  });
}
