/**
 * Which part of Parley may know which. Dependencies point inwards: apps to libs, dialects to subjects to the domain.
 * Type-only imports count as well: a type known is a thing known.
 */
const TESTS = '\\.(unit|int|e2e)\\.spec\\.(ts|mjs)$|-for-tests\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular-imports',
      comment: 'Two files that need each other are one concept, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test|bench|setup)/' },
    },
    {
      name: 'apps-know-no-other-app',
      comment: 'They talk through queues and sockets. What they share is a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain decides. Nothing that its index leads to knows a framework, Node or another lib.',
      severity: 'error',
      from: { path: '^libs/domain/src/index\\.ts$' },
      to: { pathNot: '^libs/domain/', reachable: true },
    },
    {
      name: 'log-and-queues-know-the-domain-alone',
      severity: 'error',
      from: { path: '^libs/(event-log|work-queues)/', pathNot: TESTS },
      to: { path: '^libs/', pathNot: '^libs/($1|domain)/' },
    },
    {
      name: 'the-web-client-knows-the-domain-alone',
      comment: 'It runs in browsers, where no other lib does.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: TESTS },
      to: { path: '^libs/', pathNot: '^libs/domain/' },
    },
    {
      name: 'libs-are-entered-through-their-index',
      comment: 'But for what a lib lends to the tests of others, such as a private Redis.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/(index|[^/]+-for-tests)\\.ts$', '^$1/$2/'] },
    },
    {
      name: 'subjects-know-no-dialect',
      comment: 'A dialect translates a foreign API. What it speaks of must not know that it is translated.',
      severity: 'error',
      from: { path: '^apps/api/src/[^/]+/', pathNot: ['^apps/api/src/dialects/', TESTS] },
      to: { path: '^apps/api/src/dialects/' },
    },
    {
      name: 'sdks-know-nothing-else',
      comment: 'They run where nothing of Parley is, and need no package.',
      severity: 'error',
      from: { path: '^sdks/', pathNot: TESTS },
      to: { pathNot: '^sdks/' },
    },
    {
      name: 'no-unresolvable-import',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vite/client$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
