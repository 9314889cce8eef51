import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Said wherever an effect is found outside the folders that may have effects. */
const AT_THE_RIM = 'Effects live in src/io and src/main: take a port instead (docs/adr/0001-layout.md).'

const EFFECTFUL_GLOBALS = [
  'process',
  'console',
  'fetch',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask'
]

/** Forbidden in every file of the project. `no-restricted-syntax` does not merge, so each block repeats it. */
const EVERYWHERE = [
  {
    selector: 'CatchClause[param=null]',
    message: 'Name the error: rethrow what you did not expect, with `cause`.'
  },
  {
    // `no-empty` is content with a comment; a failure that nobody looks at is not better for being explained.
    selector: 'CatchClause > BlockStatement[body.length=0]',
    message: 'Do something with the error, if only `if (!isExpected(error)) throw error`.'
  },
  {
    selector: 'Property[key.name="shell"], Property[key.value="shell"]',
    message: 'Commands are data: an argv array, no shell.'
  },
  {
    selector: 'TSAsExpression > TSAsExpression',
    message: 'A double cast hides a missing parser.'
  },
  {
    selector: 'ExportAllDeclaration, ExportDefaultDeclaration',
    message: 'Export by name, so that a reader finds the definition and knip the dead ones.'
  }
]

const PURE_ONLY = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: `Now is an effect. ${AT_THE_RIM}`
  }
]

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '**/target/', '__tests__/transcripts/', '__tests__/**/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // Code points are what we count and cut by; whole graphemes matter to no table of ours.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unused-vars': ['error', { caughtErrors: 'all', ignoreRestSiblings: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
      // ESLint's own rules count types (and `this: X`) wrongly or not at all; the compiler knows undefined names.
      'no-undef': 'off',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-param-reassign': 'error',
      'no-restricted-syntax': ['error', ...EVERYWHERE]
    }
  },
  {
    // The folders that can be run on a page of paper. Modules (node:fs and the like) are the business of
    // .dependency-cruiser.cjs; what is reached without an import is caught here.
    files: ['src/**/*.ts'],
    ignores: ['src/io/**', 'src/main/**'],
    rules: {
      'no-restricted-globals': ['error', ...EFFECTFUL_GLOBALS.map((name) => ({ name, message: AT_THE_RIM }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: AT_THE_RIM },
        {
          object: 'Math',
          property: 'random',
          message: 'Randomness: none. The order of trials is in the plan.'
        },
        { object: 'globalThis', message: AT_THE_RIM }
      ],
      'no-restricted-syntax': ['error', ...EVERYWHERE, ...PURE_ONLY]
    }
  },
  {
    // One exit and one reading of the environment: io does effects, but is told what to do by main.
    files: ['src/io/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/main reads the environment.' },
        { object: 'process', property: 'exit', message: 'Only src/main ends the process.' },
        { object: 'process', property: 'exitCode', message: 'Only src/main ends the process.' },
        {
          object: 'Math',
          property: 'random',
          message: 'Randomness: none. The order of trials is in the plan.'
        }
      ]
    }
  },
  {
    files: ['__tests__/**/*.ts'],
    rules: {
      // A table of cases is long and reads well; a fake may be async only because its port is.
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/require-await': 'off',
      // `test.each` hands a row to its test as parameters; a value no type allows can only come from a cast.
      '@typescript-eslint/max-params': 'off',
      'no-restricted-syntax': [
        'error',
        ...EVERYWHERE.filter((rule) => rule.selector !== 'TSAsExpression > TSAsExpression')
      ],
      // A test that meets an absent value fails, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off'
    }
  },
  {
    // Tools ask for their configuration as the default export.
    files: ['*.config.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...EVERYWHERE.filter((rule) => !rule.selector.startsWith('Export'))]
    }
  },
  { files: ['**/*.cjs'], languageOptions: { globals: { module: 'writable' } } }
)
