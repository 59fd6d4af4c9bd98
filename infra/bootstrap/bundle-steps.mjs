import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inProject } from './project.mjs';

/*
 * Bundles every step into dist/steps/<step>.js. The SHA-256 of a bundle is the step's code version: an edit changes the
 * versions of the steps that contain it and of no other. dist/steps.json, written last, says where each step is.
 */

const TASKS = inProject('dist/activities/tasks');
const OUT = inProject('dist/steps');
const LOCKED = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
const FACTORIES = [
  { prefix: 'fit', module: 'fit-model', factory: 'fitStep' },
  { prefix: 'fold', module: 'fold-model', factory: 'foldStep' },
  { prefix: 'predict', module: 'predict-model', factory: 'predictStep' },
  { prefix: 'measure', module: 'measure-model', factory: 'measureStep' },
];

const { ENSEMBLE_METHODS } = await import(pathToFileURL(inProject('dist/shared/ensemble-methods.js')).href);
const { MODEL_NAMES } = await import(pathToFileURL(inProject('dist/shared/model-names.js')).href);
const steps = [...writtenSteps(), ...modelSteps(), ...ensembleSteps()];
const bundles = await bundle(steps);

mkdirSync(OUT, { recursive: true });
const known = new Set();
const catalogue = {};
for (const { name, kind } of steps.sort((a, b) => (a.name < b.name ? -1 : 1))) {
  const { code, map, libraries, foreign } = bundles.get(name);
  for (const [file, text] of [[`${name}.js`, code], [`${name}.js.map`, map]]) {
    writeWhole(`${OUT}/${file}`, text);
    known.add(file);
  }
  const version = createHash('sha256').update(code).digest('hex');
  catalogue[name] = { kind, entry: `steps/${name}.js`, version, libraries, foreign };
}
writeWhole(inProject('dist/steps.json'), `${JSON.stringify(catalogue, null, 2)}\n`);
for (const file of readdirSync(OUT)) if (!known.has(file)) rmSync(`${OUT}/${file}`);

/** The steps that have a file of their own: `<step>.task.js` runs in a thread, `<step>.process.js` in a process. */
function writtenSteps() {
  return readdirSync(TASKS).flatMap((file) => {
    const [, name, suffix] = /^(.+)\.(task|process)\.js$/.exec(file) ?? [];
    return name ? [{ name, kind: suffix === 'task' ? 'thread' : 'process', source: `export { default } from '${TASKS}/${file}';` }] : [];
  });
}

/** The steps of each model, so that an edit to one model re-runs no other. */
function modelSteps() {
  return MODEL_NAMES.flatMap((model) =>
    FACTORIES.map(({ prefix, module, factory }) => ({
      name: `${prefix}-${model}`,
      kind: 'process',
      source: `import { ${factory} } from '${TASKS}/${module}.js'; import { model } from '${inProject(`dist/ml/models/${model}.js`)}'; export default ${factory}(model);`,
    })),
  );
}

/** The step of each ensemble method. */
function ensembleSteps() {
  return ENSEMBLE_METHODS.map((method) => ({
    name: `combine-${method}`,
    kind: 'process',
    source: `import { combineStep } from '${TASKS}/combine-bases.js'; import { method } from '${inProject(`dist/ml/ensembles/${method}.js`)}'; export default combineStep(method);`,
  }));
}

async function bundle(entries) {
  const sources = new Map(entries.map(({ name, source }) => [name, source]));
  const { outputFiles, metafile } = await build({
    entryPoints: Object.fromEntries(entries.map(({ name }) => [name, `step:${name}`])),
    plugins: [virtualEntries(sources)],
    absWorkingDir: inProject(''),
    outdir: OUT,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  const text = new Map(outputFiles.map((file) => [file.path, file.text]));
  return new Map(
    entries.map(({ name }) => {
      const path = `${OUT}/${name}.js`;
      const { imports, inputs } = metafile.outputs[`dist/steps/${name}.js`];
      return [name, { code: text.get(path), map: text.get(`${path}.map`), libraries: librariesOf(imports), foreign: foreignOf(inputs) }];
    }),
  );
}

function virtualEntries(sources) {
  return {
    name: 'virtual-entries',
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /^step:/ }, ({ path }) => ({ path: path.slice('step:'.length), namespace: 'step' }));
      pluginBuild.onLoad({ filter: /./, namespace: 'step' }, ({ path }) => ({ contents: sources.get(path), resolveDir: inProject('dist') }));
      pluginBuild.onResolve({ filter: /^\//, namespace: 'step' }, ({ path }) => ({ path }));
    },
  };
}

/** The npm packages that a bundle imports, with their versions; what they depend on in turn is told by one digest. */
function librariesOf(imports) {
  const names = imports.filter(({ external, path }) => external && !path.startsWith('node:') && !builtinModules.includes(path)).map(({ path }) => packageName(path));
  const direct = [...new Set(names)].sort();
  if (direct.length === 0) return {};
  const found = new Map();
  for (const name of direct) collect(name, '', found);
  const below = [...found].map(([path, version]) => `${path}@${version}`).sort();
  return {
    ...Object.fromEntries(direct.map((name) => [name, found.get(`node_modules/${name}`)])),
    'their dependencies': createHash('sha256').update(below.join('\n')).digest('hex').slice(0, 16),
  };
}

/** The foreign libraries that a bundle calls through koffi: each has a binding of its own, `native/<library>-library.js`. */
function foreignOf(inputs) {
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? (/^dist\/native\/(\w+)-library\.js$/.exec(path)?.[1] ?? []) : [])).sort();
}

function packageName(specifier) {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Adds a package, as one in the folder `from` finds it in the lock file, and all that it depends on. */
function collect(name, from, found) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    const locked = LOCKED[path];
    if (locked) {
      if (found.has(path)) return;
      found.set(path, locked.version);
      for (const next of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })) collect(next, path, found);
      return;
    }
    if (folder === '') break;
  }
  if (from === '') throw new Error(`A step imports ${name}, which package-lock.json does not name.`);
}

/** A worker that starts meanwhile sees the old file or the new one. */
function writeWhole(path, text) {
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}
