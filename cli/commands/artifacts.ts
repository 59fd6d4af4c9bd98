import Table from 'cli-table3';
import type { Command } from 'commander';
import prettyBytes from 'pretty-bytes';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { RunResult } from '../../shared/run.js';
import { globalOptions } from '../global-options.js';
import { withClient } from '../with-client.js';

/** `digitloom artifacts [run]`: what a run left in the store. */
export function registerArtifacts(program: Command): void {
  program
    .command('artifacts')
    .description('list what a run left in the store: models, probabilities, evaluation, report')
    .argument('[run]', 'the run\'s id (default: the newest finished run)')
    .addHelpText('after', '\nExample:\n  $ digitloom artifacts --json')
    .action(async (given: string | undefined, _options: object, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, async (client) => {
        const runId = given ?? (await client.latestRun());
        const artifacts = artifactsOf(await client.recordedResult(runId));
        if (json) return console.log(JSON.stringify({ runId, artifacts }));
        const table = new Table({ head: ['of', 'role', 'size', 'media type', 'SHA-256'], style: { head: [], border: [] } });
        for (const { of, role, bytes, mediaType, digest } of artifacts) table.push([of, role, prettyBytes(bytes), mediaType, digest]);
        console.log(`Run ${runId}\n${table.toString()}`);
      });
    });
}

function artifactsOf({ models, evaluation, report }: RunResult): (ArtifactRef & { readonly of: string; readonly role: string })[] {
  return [
    ...models.flatMap(({ name, artifacts }) => Object.entries(artifacts).map(([role, ref]) => ({ of: name, role, ...ref }))),
    ...(evaluation ? [{ of: 'run', role: 'evaluation', ...evaluation }] : []),
    ...(report ? [{ of: 'run', role: 'report', ...report }] : []),
  ];
}
