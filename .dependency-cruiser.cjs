// The arrows of docs/adr/0001-layout.md. A rule that gets in the way is a question about the layout, not
// about the rule: answer it there first.

const PURE = '^src/(inputs|plan|provers|compare|render|documents)/'
/** Mathematics over plain numbers, for those who decide by it. */
const STATISTICS = '^src/statistics/'
/** Packages that compute and touch nothing. */
const PURE_PACKAGES = 'node_modules/(valibot|smol-toml|markdown-table)/'
/** Builtins that compute and touch nothing: `stripVTControlCharacters`, path arithmetic. */
const PURE_BUILTINS = '^(node:)?(util|path|path/posix)$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files in a cycle can only be read, tested and moved together. Type imports count.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that only resolves by luck of the bundler fails on the machine that matters.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true }
    },
    {
      name: 'no-orphan',
      comment: 'A module that nobody imports and that imports nothing was forgotten. Entries are exempt.',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/main/', '^scripts/[^/]+\\.ts$', '\\.test\\.ts$', '\\.d\\.ts$'] },
      to: {}
    },
    {
      name: 'domain-stands-alone',
      comment: 'Nouns know nothing of what is done with them: the domain can be read first and alone.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' }
    },
    {
      name: 'statistics-stands-alone',
      comment:
        'Formulas over plain numbers can be checked against a textbook, and against vectors, by themselves.',
      severity: 'error',
      from: { path: STATISTICS },
      to: { pathNot: STATISTICS }
    },
    {
      name: 'statistics-is-for-plan-and-compare',
      comment:
        'What is decided by numbers is decided once: folders after them read the looks and the report.',
      severity: 'error',
      from: { path: '^(src|stand-in)/', pathNot: ['^src/(plan|compare|main)/', STATISTICS] },
      to: { path: STATISTICS }
    },
    {
      name: 'pure-folders-meet-in-domain',
      comment:
        'inputs, plan, provers, compare, render and documents see the domain and themselves. What two of them ' +
        'share is a noun (src/domain), a step (src/stages) or mathematics (src/statistics, for plan and compare). ' +
        'One exception: inputs asks provers/registry for names.',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: '^(src|stand-in|scripts|__tests__|dist)/',
        pathNot: ['^src/domain/', '^src/$1/', '^src/provers/registry\\.ts$', STATISTICS]
      }
    },
    {
      name: 'registry-is-for-inputs',
      comment: 'Only inputs may ask which provers exist: the one exception must not become a back door.',
      severity: 'error',
      from: { path: '^src/(plan|compare|render|documents)/' },
      to: { path: '^src/provers/' }
    },
    {
      name: 'pure-folders-have-no-effects',
      comment: 'A pure folder runs on values alone: no file, no process, no clock. Effects are in src/io.',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'], pathNot: PURE_BUILTINS }
    },
    {
      name: 'pure-folders-take-pure-packages',
      comment: 'Each package is weighed in docs/adr/0002-library-choices.md before it gets in here.',
      severity: 'error',
      from: { path: PURE },
      to: { path: 'node_modules/', pathNot: PURE_PACKAGES }
    },
    {
      name: 'stages-know-no-adapter',
      comment: 'Stages are written against ports, so a test hands them a fake world and no mock is needed.',
      severity: 'error',
      from: { path: '^src/stages/' },
      to: {
        path: '^(src|stand-in|scripts|__tests__|dist)/',
        pathNot: [PURE, '^src/(domain|stages)/', '^src/io/(ports|forge)\\.ts$']
      }
    },
    {
      name: 'ports-are-types',
      comment: 'A port is a promise, not code: stages must not pull an adapter in through it.',
      severity: 'error',
      from: { path: '^src/stages/' },
      to: { path: '^src/io/', dependencyTypesNot: ['type-only'] }
    },
    {
      name: 'stages-have-no-effects',
      comment: 'What a stage does to the world goes through a port.',
      severity: 'error',
      from: { path: '^src/stages/' },
      to: { dependencyTypes: ['core'], pathNot: PURE_BUILTINS }
    },
    {
      name: 'stages-take-no-package',
      comment: 'A package that a stage needs belongs behind a port or into a pure folder.',
      severity: 'error',
      from: { path: '^src/stages/' },
      to: { path: 'node_modules/' }
    },
    {
      name: 'adapters-know-ports-and-domain',
      comment:
        'An adapter keeps a promise made in ports.ts. It decides nothing, so it needs no pure folder. All adapters ' +
        'make what is not ours printable, in one way: io/text.',
      severity: 'error',
      from: { path: '^src/io/([^/]+)/' },
      to: {
        path: '^(src|stand-in|scripts|__tests__|dist)/',
        pathNot: ['^src/domain/', '^src/io/(ports|forge)\\.ts$', '^src/io/text/', '^src/io/$1/']
      }
    },
    {
      name: 'ports-know-domain',
      comment: 'Ports are said in the nouns of the domain, else stages would learn of an SDK through them.',
      severity: 'error',
      from: { path: '^src/io/(ports|forge)\\.ts$' },
      to: { pathNot: '^src/domain/' }
    },
    {
      name: 'main-is-the-top',
      comment: 'main puts the parts together; a part that imports main is upside down.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/' },
      to: { path: '^src/main/' }
    },
    {
      name: 'stand-in-is-for-demo-and-tests',
      comment: 'The imagined zkVM must never get near a real measurement.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/demo\\.ts$' },
      to: { path: '^stand-in/' }
    },
    {
      name: 'src-knows-no-workshop',
      comment: 'What is shipped does not lean on what builds or tests it.',
      severity: 'error',
      from: { path: '^(src|stand-in)/' },
      to: { path: '^(scripts|__tests__|dist)/' }
    },
    {
      name: 'scripts-know-no-tests',
      comment: 'A gate must work in a tree whose tests are broken.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^__tests__/' }
    },
    {
      name: 'shipped-code-takes-dependencies',
      comment: 'A development package in the bundle would be shipped without having been weighed.',
      severity: 'error',
      from: { path: '^(src|stand-in)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' }
    }
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types are imports: a cycle of types is a cycle.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(__tests__/(transcripts|golden)/|.*/target/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types']
    }
  }
}
