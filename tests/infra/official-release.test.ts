import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fetchRelease } from '../../infra/provision/official-release.js';
import type { ProgramPin } from '../../infra/provision/pins.js';
import { placeInCache } from '../../infra/provision/place-in-cache.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SILENT = { stage: () => undefined, fraction: () => undefined, done: () => undefined };

describe('official releases', () => {
  const folder = temporaryFolder();
  let server: Server;
  let files: Record<string, Buffer | string>;
  let pin: ProgramPin;

  beforeEach(async () => {
    server = createServer((request, response) => {
      const body = files[(request.url ?? '').split('/').at(-1) ?? ''];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    writeFileSync(join(folder(), 'program'), '#!/bin/sh\n');
    execFileSync('tar', ['-czf', 'release.tar.gz', '--transform', 's,^,release_1.0/,', 'program'], { cwd: folder() });
    const archive = readFileSync(join(folder(), 'release.tar.gz'));
    files = { 'release.tar.gz': archive, 'checksums.txt': `${createHash('sha256').update(archive).digest('hex')}  release.tar.gz\n` };
    const { port } = server.address() as AddressInfo;
    pin = { version: '1.0', module: 'example.org/program', packages: 1, release: `http://127.0.0.1:${port}/v1.0`, archive: () => 'release.tar.gz' };
  });
  afterEach(() => server.close());

  const place = (target: string): Promise<boolean> => {
    let reached = false;
    return placeInCache(target, [], async (staging) => {
      reached = await fetchRelease(pin, 'program', staging, SILENT);
    }).then(() => reached);
  };

  it('bring the program when the checksum is the published one', async () => {
    assert.equal(await place(join(folder(), 'cache/program-1.0')), true);
    assert.deepEqual(readdirSync(join(folder(), 'cache/program-1.0')), ['program']);
  });

  it('are refused when the checksum differs, and nothing is left behind', async () => {
    files['checksums.txt'] = `${'0'.repeat(64)}  release.tar.gz\n`;
    await assert.rejects(place(join(folder(), 'cache/program-1.0')), /SHA-256 .* expected 0{64}/);
    assert.deepEqual(readdirSync(join(folder(), 'cache')), []);
  });

  it('give way to the next recipe when they are not there or name no checksum', async () => {
    files['checksums.txt'] = `${'0'.repeat(64)}  another.tar.gz\n`;
    assert.equal(await place(join(folder(), 'cache/program-1.0')), false);
    files = {};
    assert.equal(await place(join(folder(), 'cache/program-1.0')), false);
    server.close();
    assert.equal(await place(join(folder(), 'cache/program-1.0')), false);
  });
});
