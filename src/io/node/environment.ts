/** What a child is started for: this decides what it may see of our environment. */
export type Purpose =
  /** Measured code. */
  | 'trial'
  /** cargo, which runs code of both sides too, and needs the network. */
  | 'build'
  /** git, run by us in places that measured code never wrote to. */
  | 'git'
  /** Tools of the machine: docker, nvidia-smi. */
  | 'tool'

export type Environment = Readonly<Record<string, string>>

export interface ChildEnvironmentOptions {
  readonly purpose: Purpose
  /** Names that the user allows besides. */
  readonly passEnv?: readonly string[]
  /** Wins over everything. */
  readonly extra?: Environment
}

const ALWAYS = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'TERM',
  'TMPDIR',
  'CARGO_HOME',
  'RUSTUP_HOME',
  'RUSTUP_TOOLCHAIN',
  // The runner ends what carries it at the end of the job: our last resort, should we be killed.
  'RUNNER_TRACKING_ID',
  'CUDA_DEVICE_ORDER',
  'CUDA_HOME',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
  'NVIDIA_DRIVER_CAPABILITIES',
  'NVIDIA_VISIBLE_DEVICES'
]

const PROXIES = ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']
const NETWORK = ['no_proxy', 'NO_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO']
const CARGO = [
  'CARGO_HTTP_CAINFO',
  'CARGO_HTTP_MULTIPLEXING',
  'CARGO_HTTP_TIMEOUT',
  'CARGO_NET_GIT_FETCH_WITH_CLI',
  'CARGO_NET_OFFLINE',
  'CARGO_NET_RETRY'
]
const DOCKER = ['DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_HOST', 'XDG_RUNTIME_DIR']

const NAMES: Readonly<Record<Purpose, readonly string[]>> = {
  trial: ALWAYS,
  build: [...ALWAYS, ...NETWORK, ...CARGO],
  git: [...ALWAYS, ...NETWORK, 'SSH_AUTH_SOCK'],
  tool: [...ALWAYS, ...DOCKER]
}

const PLAIN: Environment = { NO_COLOR: '1', CARGO_TERM_COLOR: 'never', CARGO_TERM_PROGRESS_WHEN: 'never' }

const FIXED: Readonly<Record<Purpose, Environment>> = {
  trial: PLAIN,
  build: { ...PLAIN, GIT_TERMINAL_PROMPT: '0' },
  git: {
    ...PLAIN,
    // No settings but the repository's own: a user's insteadOf, hooks or filters would change what is fetched.
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    LC_ALL: 'C'
  },
  tool: PLAIN
}

const usesNetwork = (purpose: Purpose): boolean => purpose === 'build' || purpose === 'git'

/** A proxy's address without user and password: measured code could print them. */
const withoutCredentials = (proxy: string): string => {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(proxy)?.[0] ?? ''
  return scheme + proxy.slice(Math.max(scheme.length, proxy.lastIndexOf('@') + 1))
}

const pick = (
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
  change: (value: string) => string = (value) => value
): Environment =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined
      return value === undefined ? [] : [[name, change(value)]]
    })
  )

/** The whole environment of a child. Nothing that is not named here, or by the user, gets through. */
export const childEnvironment = (
  ours: Readonly<Record<string, string | undefined>>,
  { purpose, passEnv = [], extra = {} }: ChildEnvironmentOptions
): Environment => ({
  ...pick(ours, NAMES[purpose]),
  ...(usesNetwork(purpose) ? pick(ours, PROXIES, withoutCredentials) : {}),
  ...(purpose === 'trial' || purpose === 'build' ? pick(ours, passEnv) : {}),
  ...FIXED[purpose],
  ...extra
})
