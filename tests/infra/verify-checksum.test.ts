import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyChecksum } from '../../infra/provision/verify-checksum.js';
import { NativeLibraryError } from '../../shared/errors.js';
import { temporaryFolder } from '../support/temporary-folder.js';

// FIPS 180-4: SHA-256 of "abc"
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('checksums of downloads', () => {
  const folder = temporaryFolder();

  it('lets a file pass that is what was pinned', async () => {
    const file = join(folder(), 'part.whl');
    writeFileSync(file, 'abc');
    await verifyChecksum(file, ABC, 'a test');
    assert.ok(existsSync(file));
  });

  it('refuses another file, names both digests and deletes it', async () => {
    const file = join(folder(), 'part.whl');
    writeFileSync(file, 'abd');
    await assert.rejects(verifyChecksum(file, ABC, 'a test'), (error: Error) => {
      assert.ok(error instanceof NativeLibraryError);
      assert.match(error.message, /part\.whl/);
      assert.match(error.message, new RegExp(ABC));
      assert.match(error.message, /a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9/);
      return true;
    });
    assert.ok(!existsSync(file));
  });
});
