/** The folders of src/, each with those it may import besides itself: never to its right. */
const LAYERS = {
  support: [],
  calls: ['support'],
  sources: ['support', 'calls'],
  graph: ['support', 'calls'],
  profile: ['support', 'calls', 'graph'],
  compare: ['support', 'calls', 'graph', 'profile'],
  verdict: ['support', 'calls', 'graph', 'profile', 'compare'],
  monitor: ['support', 'calls', 'graph', 'profile', 'compare'],
  incident: ['support', 'calls', 'graph', 'profile', 'compare'],
  report: [
    'support',
    'calls',
    'graph',
    'profile',
    'compare',
    'verdict',
    'store',
    'monitor',
    'incident',
  ],
  store: ['support', 'calls', 'graph', 'profile'],
  commands: [
    'support',
    'calls',
    'sources',
    'graph',
    'profile',
    'compare',
    'verdict',
    'report',
    'store',
    'monitor',
    'incident',
  ],
};
const layers = Object.keys(LAYERS);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers.map((layer) => ({
      name: `${layer}-imports-only-to-its-left`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: {
        path: '^src/',
        pathNot: `^src/(?:(?:${[layer, ...LAYERS[layer]].join('|')})/|version\\.ts$)`,
      },
    })),
    {
      name: 'faces-know-commands-only',
      comment: 'faces string nothing together: inputs in, exit code out',
      severity: 'error',
      from: { path: '^src/(github|terminal|mcp|[^/]+\\.ts$)' },
      to: { path: '^src/(sources|graph|profile)/' },
    },
    {
      name: 'mcp-knows-commands-and-reports-only',
      comment: 'the face for assistants: of all else it knows the types',
      severity: 'error',
      from: { path: '^src/mcp/' },
      to: {
        path: '^src/',
        pathNot: '^src/(?:(?:mcp|commands|report|support)/|version\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|demo|scripts|fixtures|dist|build)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'runtime-dependencies-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/report/page/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'page-stands-alone',
      comment: 'the page runs in a browser: the program only knows its data',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/report/page/' },
      to: { path: '^src/report/page/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
