import { describe, expect, it } from 'vitest'
import { milliseconds } from '../../../src/domain/quantity.ts'
import type { Purpose } from '../../../src/io/node/environment.ts'
import { childEnvironment } from '../../../src/io/node/environment.ts'
import { newProcesses, PATH } from './programs.ts'

const PURPOSES: readonly Purpose[] = ['trial', 'build', 'git', 'tool']

/** What a runner's step, a terminal and a careless user have in their environment. */
const CANARIES = [
  ...['GITHUB_TOKEN', 'GH_TOKEN', 'RPC_URL', 'INPUT_RPC-URL', 'INPUT_GITHUB-TOKEN', 'ACTIONS_RUNTIME_TOKEN'],
  ...['ACTIONS_RUNTIME_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_CACHE_URL', 'ACTIONS_RESULTS_URL'],
  ...[
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_EVENT_PATH'
  ],
  ...[
    'RUNNER_TEMP',
    'RUNNER_TOOL_CACHE',
    'NODE_OPTIONS',
    'SLACK_WEBHOOK_URL',
    'AWS_SECRET_ACCESS_KEY',
    'SP1_PROVER'
  ],
  ...[
    'RUST_LOG',
    'CARGO_TARGET_DIR',
    'RUSTC_WRAPPER',
    'RUSTFLAGS',
    'LD_PRELOAD',
    'CARGO_REGISTRY_TOKEN',
    'DEV_GITHUB_TOKEN'
  ],
  ...[
    'CARGO_REGISTRIES_X_TOKEN',
    'NVIDIA_API_KEY',
    'CUDA_SECRET',
    'npm_config_token',
    'SSH_ASKPASS',
    'GIT_ASKPASS'
  ]
]

const ours: Record<string, string> = {
  ...Object.fromEntries(CANARIES.map((name) => [name, 'canary'])),
  PATH,
  HOME: '/home/x',
  RUNNER_TRACKING_ID: 'github_1',
  CUDA_VISIBLE_DEVICES: '0',
  https_proxy: 'http://canary:canary@proxy:3128',
  HTTP_PROXY: 'canary:can/ary@proxy:3128/',
  ALL_PROXY: 'socks5h://proxy:1080',
  no_proxy: 'localhost,10.0.0.0/8',
  SSL_CERT_FILE: '/etc/ca.pem',
  CARGO_HTTP_CAINFO: '/etc/ca.pem',
  DOCKER_HOST: 'unix:///run/docker.sock',
  SSH_AUTH_SOCK: '/run/agent',
  EXTRA_OK: 'passed'
}

describe('the environment of a child', () => {
  it.for(PURPOSES)('holds no canary: %s', async (purpose) => {
    const env = childEnvironment(ours, { purpose, passEnv: ['EXTRA_OK'] })
    const command = { program: 'env', args: [], cwd: '/', env }
    const { stdout } = await newProcesses().processes.capture(command, milliseconds(20_000))
    expect(stdout).toContain('PATH=')
    expect(stdout).toContain('PROVING_REGRESSION_RUN=')
    expect(stdout).not.toContain('canary')
    expect(stdout).not.toContain('can/ary')
  })

  it('keeps a proxy without who may use it, and only where the network is needed', () => {
    const build = childEnvironment(ours, { purpose: 'build' })
    expect(build).toMatchObject({
      https_proxy: 'http://proxy:3128',
      HTTP_PROXY: 'proxy:3128/',
      ALL_PROXY: 'socks5h://proxy:1080',
      no_proxy: 'localhost,10.0.0.0/8',
      SSL_CERT_FILE: '/etc/ca.pem',
      CARGO_HTTP_CAINFO: '/etc/ca.pem'
    })
    const trial = childEnvironment(ours, { purpose: 'trial' })
    expect(Object.keys(trial).toSorted()).toEqual([
      'CARGO_TERM_COLOR',
      'CARGO_TERM_PROGRESS_WHEN',
      'CUDA_VISIBLE_DEVICES',
      'HOME',
      'NO_COLOR',
      'PATH',
      'RUNNER_TRACKING_ID'
    ])
  })

  it('holds what the user lets through, ours over theirs, and the extra over all', () => {
    const options = { purpose: 'trial', passEnv: ['EXTRA_OK', 'NO_COLOR', 'NOT_SET', 'constructor'] } as const
    const env = childEnvironment({ ...ours, NO_COLOR: '0' }, { ...options, extra: { HOME: '/fresh' } })
    expect(env).toMatchObject({ EXTRA_OK: 'passed', NO_COLOR: '1', HOME: '/fresh' })
    expect(Object.keys(env)).not.toContain('NOT_SET')
    expect(Object.keys(env)).not.toContain('constructor')
  })

  it('keeps git from the settings of the user and the machine, and from asking', () => {
    expect(childEnvironment(ours, { purpose: 'git' })).toMatchObject({
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      SSH_AUTH_SOCK: '/run/agent'
    })
  })
})
