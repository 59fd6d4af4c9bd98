import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { Command } from 'commander';
import prettyBytes from 'pretty-bytes';
import type { ArtifactRef } from '../../shared/artifact.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { globalOptions } from '../global-options.js';
import { artifactFileName, runArtifacts } from '../results/run-artifacts.js';
import type { RunArtifact } from '../results/run-artifacts.js';
import { withClient } from '../with-client.js';

/** `digitloom artifacts [run]`: what a run left in the store. */
export function registerArtifacts(program: Command): void {
  program
    .command('artifacts')
    .description('list, or save as files, what a run left in the store: models, probabilities, what was found of the data, evaluation, report')
    .argument('[run]', 'the run\'s id (default: the newest finished run)')
    .option('--of <names>', 'only those of these, separated by commas, e.g. cnn,reductions', (list) => list.split(',').map((name) => name.trim()))
    .option('--save <folder>', 'write them into this folder as <of>-<role>.<ending>')
    .addHelpText('after', '\nExamples:\n  $ digitloom artifacts --json\n  $ digitloom artifacts --of reductions,selection --save found   # pca.npz, lda.npz ...')
    .action(async (given: string | undefined, { of, save: folder }: { of?: string[]; save?: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, async (client) => {
        const runId = given ?? (await client.latestRun());
        const read = (ref: ArtifactRef): Promise<Uint8Array> => client.artifact(ref);
        const all = await runArtifacts(await client.recordedResult(runId), read);
        const unknown = of?.find((name) => !all.some((artifact) => artifact.of === name));
        if (unknown !== undefined) throw new InvalidConfigError(`--of ${unknown}: run ${runId} left nothing of that name; expected some of ${[...new Set(all.map((artifact) => artifact.of))].join(', ')}.`);
        const artifacts = of ? all.filter((artifact) => of.includes(artifact.of)) : all;
        if (folder !== undefined) await save(artifacts, folder, read);
        if (json) return console.log(JSON.stringify({ runId, artifacts }));
        const table = new Table({ head: ['of', 'role', 'size', 'media type', 'SHA-256'], style: { head: [], border: [] } });
        for (const { of: owner, role, bytes, mediaType, digest } of artifacts) table.push([owner, role, prettyBytes(bytes), mediaType, digest]);
        console.log(`Run ${runId}\n${table.toString()}`);
        if (folder !== undefined) console.log(`Saved ${artifacts.length} files in ${folder}`);
      });
    });
}

/** Writes each artifact into the folder, one after the other: none is held in memory with another. */
async function save(artifacts: readonly RunArtifact[], folder: string, read: (ref: ArtifactRef) => Promise<Uint8Array>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const artifact of artifacts) await writeFile(join(folder, artifactFileName(artifact)), await read(artifact));
}
