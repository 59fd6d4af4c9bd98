import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const module = fileURLToPath(new URL('../../native/tensorflow-js.js', import.meta.url));

// A loader that does not find the package, in a process of its own: this one may hold TensorFlow already.
const PROGRAM = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    export async function resolve(specifier, context, next) {
      if (specifier.startsWith('@tensorflow/')) throw new Error('Cannot find package ' + specifier);
      return next(specifier, context);
    }
  \`));
  const { loadTensorFlow } = await import(${JSON.stringify(module)});
  await loadTensorFlow(process.argv[1]).catch((error) => console.log(error.name + ': ' + error.message));
`;

describe('native/tensorflow without its addon', function () {
  this.timeout(20_000);
  for (const [variant, name] of [['cpu', '@tensorflow/tfjs-node'], ['gpu', '@tensorflow/tfjs-node-gpu']] as const) {
    it(`says that ${name} is missing and how to mend it`, () => {
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM, variant], { encoding: 'utf8' });
      assert.match(output, /^NativeLibraryError: /);
      assert.ok(output.includes(`${name} cannot be loaded (Cannot find package ${name})`), output);
      assert.match(output, /npm start.*digitloom doctor/);
    });
  }
});
