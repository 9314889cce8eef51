import type { InputContext } from '../../src/inputs/kind.ts'

/** A terminal on a machine where everything is in its place. */
export const TERMINAL: InputContext = {
  surface: 'terminal',
  workingDirectory: '/home/ann/ethrex',
  home: '/home/ann',
  defaultCacheDir: '/home/ann/.cache/proving-regression',
  serverUrl: 'https://github.com',
  defaultRepository: '.',
  rpcUrl: undefined
}

/** A job on a runner of one's own. */
export const ACTION: InputContext = {
  surface: 'action',
  workingDirectory: '/runner/_work/ethrex/ethrex',
  home: '/home/runner',
  defaultCacheDir: '/runner/_work/_tool/proving-regression',
  serverUrl: 'https://github.com',
  defaultRepository: 'lambdaclass/ethrex',
  rpcUrl: undefined
}
