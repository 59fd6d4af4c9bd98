import type { PipelineConfig, PresetName, SectionName } from '../shared/config.js';
import { PRESETS, SECTIONS } from '../shared/config.js';
import type { Json, JsonObject } from '../shared/json.js';
import { PRESET_CONFIGS } from '../shared/presets.js';
import type { ConfigProblem } from './config-problem.js';
import { ConfigProblemsError } from './config-problem.js';
import { crossProblems } from './cross-problems.js';
import { mergeConfig } from './merge-config.js';
import { nearestName } from './nearest-name.js';
import { parseSetting } from './parse-setting.js';
import { readJsonObject } from './read-json-object.js';
import { schemaProblems } from './schema-problems.js';

/** Where a run's settings come from, weakest first: preset, file, single settings, sections. */
export interface ConfigSources {
  /** Wins over the file's. @default the file's, else `default` */
  readonly preset?: string;
  /** Path of a `pipeline_config.json`. */
  readonly file?: string;
  /** `path=value`, each. */
  readonly set?: readonly string[];
  /** The only sections to run. */
  readonly sections?: readonly string[];
}

/**
 * Puts a run's settings together and checks them.
 * @throws InvalidConfigError for a file that cannot be read; ConfigProblemsError (one of them) with all that is wrong, each with its path.
 */
export async function loadConfig({ preset, file, set = [], sections }: ConfigSources = {}): Promise<PipelineConfig> {
  const written = file === undefined ? {} : await readJsonObject(file, 'expected a JSON object such as {"preset": "default"}');
  const overrides = Object.fromEntries(Object.entries(written).filter(([key]) => key !== '$schema'));
  const settings = set.map(parseSetting);
  const chosen = preset ?? settings.findLast((setting) => 'preset' in setting)?.['preset'] ?? overrides['preset'] ?? 'default';
  const base = PRESET_CONFIGS[isPreset(chosen) ? chosen : 'default'] as unknown as JsonObject;
  const merged = [overrides, ...settings, { preset: chosen }].reduce<JsonObject>((config, more) => mergeConfig(config, more), base);
  const config = only(merged, sections);

  const problems = [...unknownSections(sections), ...schemaProblems(config)];
  // Contradictions are told once each value by itself makes sense.
  if (problems.length === 0) problems.push(...crossProblems(config as unknown as PipelineConfig));
  if (problems.length > 0) throw new ConfigProblemsError(problems, whence(file, set.length > 0 || preset !== undefined || sections !== undefined));
  return config as unknown as PipelineConfig;
}

function whence(file: string | undefined, options: boolean): string {
  if (file === undefined) return 'the settings';
  return options ? `the settings (${file} and the options)` : file;
}

function isPreset(name: Json): name is PresetName {
  return PRESETS.includes(name as PresetName);
}

function only(config: JsonObject, sections: readonly string[] | undefined): JsonObject {
  if (!sections) return config;
  return SECTIONS.reduce((all, name) => mergeConfig(all, { [name]: { enabled: sections.includes(name) } }), config);
}

function unknownSections(sections: readonly string[] = []): ConfigProblem[] {
  return sections.filter((name) => !SECTIONS.includes(name as SectionName)).map((name) => {
    const near = nearestName(name, SECTIONS);
    return { path: '--sections', message: `got "${name}", expected some of ${SECTIONS.join(', ')}${near ? ` (did you mean ${near}?)` : ''}` };
  });
}
