import { build } from './build.mjs';
import { install } from './install.mjs';
import { checkNode, checkPlatform } from './prerequisites.mjs';
import { inProject } from './project.mjs';
import { provision } from './provision.mjs';
import { Stop } from './stop.mjs';
import { test, testInterop } from './test.mjs';

/*
 * The entry behind npm's scripts and the launcher: brings a checkout from "just cloned" to ready (programs, npm packages,
 * build, native parts), doing only what is not done yet, and goes on with the command. Plain Node, no dependencies.
 */
const [command = '', ...args] = process.argv.slice(2);

/** Words of the command line that need no native part; `doctor` must speak where provisioning fails. */
const WITHOUT_NATIVE_PARTS = ['doctor', 'down', 'help', '--help', '-h', '--version', '-V'];

/** Goes on as the command line, in this process. */
async function cli(...argv) {
  process.setSourceMapsEnabled(true);
  if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1'; // picocolors takes CI=true for a terminal
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'; // its notice about Node 20 would stand in every output
  process.argv = [process.execPath, inProject('digitloom'), ...argv];
  await import('../../dist/cli/main.js');
}

const COMMANDS = {
  build: async () => {
    await install();
    if (!(await build())) console.error('Nothing to build: sources are unchanged.');
  },
  start: async () => {
    await ready();
    await cli('start', ...args);
  },
  cli: async () => {
    await install();
    await build();
    if (args.length > 0 && !args.some((word) => WITHOUT_NATIVE_PARTS.includes(word))) await provision();
    await cli(...args);
  },
  test: async () => {
    await ready();
    process.exitCode = await test(args);
  },
  'test:interop': async () => {
    await ready();
    await provision(['--python', ...args]);
    process.exitCode = await testInterop();
  },
};

async function ready() {
  await install();
  await build();
  await provision();
}

try {
  checkPlatform();
  checkNode();
  if (!Object.hasOwn(COMMANDS, command)) {
    throw new Stop(`Got the command "${command}"; expected one of ${Object.keys(COMMANDS).join(', ')}.`, 2);
  }
  await COMMANDS[command]();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
