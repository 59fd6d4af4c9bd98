import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function bootstrap(script: string, env: NodeJS.ProcessEnv): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env, encoding: 'utf8' });
}

describe('bootstrap', () => {
  it('names every missing program in one sentence with its remedy', () => {
    const script = "import { checkPrograms } from './infra/bootstrap/prerequisites.mjs'; checkPrograms()";
    const { status, stderr } = bootstrap(script, { PATH: '/nowhere' });
    assert.equal(status, 1);
    for (const [name, remedy] of [['npm', 'nodejs.org'], ['Python', 'apt install python3'], ['pip', 'python3-pip'], ['make', 'apt install make'], ['C\\+\\+', 'apt install g\\+\\+']]) {
      assert.match(stderr, new RegExp(`${name}.* .*${remedy}`));
    }
  });

  it('refuses an old Node with the version that it needs', () => {
    const script = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); const { checkNode } = await import('./infra/bootstrap/prerequisites.mjs'); checkNode()";
    assert.match(bootstrap(script, process.env).stderr, /This is Node 18\.20\.4; Digitloom needs Node 20\.19 or newer/);
  });

  it('says where it runs on a machine for which there are no native parts', () => {
    for (const [name, value] of [['platform', 'darwin'], ['arch', 'arm64']] as const) {
      const script = `Object.defineProperty(process, '${name}', { value: '${value}' }); const { checkPlatform } = await import('./infra/bootstrap/prerequisites.mjs'); checkPlatform()`;
      const { status, stderr } = bootstrap(script, process.env);
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`This is .*${value}.*; Digitloom runs on Linux on x64`));
    }
  });

  it('knows its commands', () => {
    const { status, stderr } = spawnSync(process.execPath, ['infra/bootstrap/main.mjs', 'tset'], { cwd: ROOT, encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /Got the command "tset"; expected one of build, start, cli, test, test:interop/);
  });
});
