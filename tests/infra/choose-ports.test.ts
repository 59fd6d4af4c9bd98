import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { choosePorts } from '../../infra/stack/choose-ports.js';

describe('choosing ports', () => {
  it('steps over a port on which somebody listens', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    try {
      const ports = await choosePorts({ temporal: port, temporalUi: port, s3: port });
      assert.ok(ports.temporal > port && ports.temporalUi > port && ports.s3 > port, JSON.stringify({ port, ports }));
      assert.equal(new Set(Object.values(ports)).size, 3, 'each part has a port of its own');
    } finally {
      stranger.close();
    }
  });
});
