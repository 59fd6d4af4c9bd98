/** The table of layers in ARCHITECTURE.md; the compiler checks it too, through project references. */
const LAYERS = {
  shared: [],
  native: ['shared'],
  ml: ['shared', 'native'],
  storage: ['shared'],
  workflows: ['shared'],
  activities: ['shared', 'ml', 'storage'],
  infra: ['shared'],
  workers: ['shared', 'native', 'storage', 'activities', 'infra'],
  client: ['shared', 'storage'],
  cli: ['shared', 'client', 'infra', 'activities'],
};
const layerRules = Object.entries(LAYERS).map(([from, below]) => ({
  name: `layer-${from}`,
  severity: 'error',
  comment: `${from}/ may import only ${[from, ...below].join(', ')}. Move the type down, or pass the value in.`,
  from: { path: `^${from}/` },
  to: {
    path: '^[^/]+/',
    pathNot: `^(${[from, ...below].join('|')}|node_modules)/`,
    dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-optional'],
  },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    { name: 'no-cycles', severity: 'error', comment: 'Break the cycle: move what both need into a third file.', from: {}, to: { circular: true } },
    {
      name: 'no-orphans', severity: 'error', comment: 'Nothing imports this file and it is no entry: delete it, or use it.',
      from: { orphan: true, pathNot: ['^[^/]+$', '\\.d\\.ts$', '\\.(task|process|test|bench)\\.ts$', '^(ml/models|workers)/', '^tests/', '^infra/(bootstrap|docker)/'] }, to: {},
    },
    {
      name: 'nothing-imports-tests', severity: 'error', comment: 'Move what you need out of tests/ or benchmarks/.',
      from: { pathNot: '^(tests|benchmarks)/' }, to: { path: '^(tests|benchmarks)/' },
    },
    {
      name: 'sandbox-is-pure', severity: 'error', comment: 'Workflow code is deterministic: only @temporalio/workflow and common, and shared.',
      from: { path: '^(workflows|shared)/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/@temporalio/(workflow|common)/' },
    },
    {
      name: 'ml-has-no-infrastructure', severity: 'error', comment: 'ml is arithmetic: bytes in, bytes out. Read and write in activities. Checksums are arithmetic.',
      from: { path: '^ml/' },
      to: { path: '^(fs|net|http|https|child_process|worker_threads|node:fs|piscina)|node_modules/(@temporalio|@aws-sdk/(?!checksums)|piscina)' },
    },
    {
      name: 'tasks-are-entries', severity: 'error', comment: 'Step entries are loaded by URL in a thread or a process: import their types only.',
      from: { pathNot: '^(tests|benchmarks)/' }, to: { path: '\\.(task|process)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tasks-see-only-ml', severity: 'error', comment: 'A step entry runs without a store, a worker or Temporal: import ml, native and shared only.',
      from: { path: '^activities/tasks/' }, to: { path: '^(activities|storage|workflows|workers|client|cli|infra)/', pathNot: '^activities/tasks/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
  },
};
