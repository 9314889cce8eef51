import { describe, expect, test } from 'vitest'
import { explainBuildFailure, mayHelpToFetchAgain } from '../../src/plan/build-failure.ts'
import { sha } from '../support/plans.ts'

const explain = (command: 'fetch' | 'build', log: string) =>
  explainBuildFailure({
    command,
    log,
    hostPackages: ['ethrex-replay'],
    hostName: 'lambdaclass/ethrex-replay',
    host: sha('c'),
    ethrex: sha('b')
  })

const HOST_BROKEN = `   Compiling ethrex-replay v7.0.0 (/cache/build/host)
error[E0308]: mismatched types
 --> src/main.rs:1:26
error[E0425]: cannot find function \`nothing\` in this scope
error: could not compile \`ethrex-replay\` (bin "ethrex-replay") due to 2 previous errors
`

describe('a failed cargo', () => {
  test('that stops in the host says that the host does not fit, and what to do', () => {
    expect(explain('build', HOST_BROKEN)).toEqual({
      stage: 'build',
      reason: 'host-does-not-build',
      message:
        'lambdaclass/ethrex-replay ccccccc does not build with this ethrex (bbbbbbb); name one that does in `host-ref`: ' +
        'error[E0308]: mismatched types; error[E0425]: cannot find function `nothing` in this scope'
    })
  })

  test.each([
    [
      'a crate',
      'error[E0308]: mismatched types\nerror: could not compile `ethrex-vm` (lib) due to 1 previous error\n'
    ],
    ['a build script', 'error: failed to run custom build command for `ethrex-vm v1.0.0 (/x)`\n'],
    ['both', `${HOST_BROKEN}error: could not compile \`ethrex-vm\` (lib) due to 1 previous error\n`],
    ['a manifest', 'error: unquoted keys cannot be empty\n --> ../ethrex/crates/vm/Cargo.toml:7:3\n']
  ])('that stops in ethrex (%s) is ethrex not building', (_, log) => {
    expect(explain('build', log)).toMatchObject({ stage: 'build', reason: 'build-failed' })
  })

  test.each([
    ['build', "error: the package 'ethrex-replay' does not contain this feature: sp1\n"],
    [
      'fetch',
      'error: failed to select a version for `ethrex-prover`.\n    ... required by package `ethrex-replay v7.0.0 (/x)`\n' +
        'package `ethrex-replay` depends on `ethrex-prover` with feature `sp1` but `ethrex-prover` does not have that feature.\n'
    ]
  ] as const)('at %s that finds a feature missing is a misfit', (command, log) => {
    expect(explain(command, log)).toMatchObject({ stage: 'build', reason: 'host-does-not-build' })
  })

  test('that the network stopped is a failed fetch', () => {
    const log =
      'warning: spurious network error (1 try remaining): [6] Could not resolve hostname\nerror: failed to get `serde`\n'
    expect(explain('fetch', log)).toMatchObject({ stage: 'fetch', reason: 'fetch-failed' })
    expect(mayHelpToFetchAgain(log)).toBe(true)
    expect(
      mayHelpToFetchAgain(' Downloaded rustls v0.23.0\nerror: no matching package named `x` found')
    ).toBe(false)
  })

  test('that filled the disk says so', () => {
    expect(
      explain('build', 'error: could not compile `a`\n  No space left on device (os error 28)\n').reason
    ).toBe('disk-full')
  })

  test('is quoted without control characters', () => {
    expect(explain('build', 'error: \u001b[31mred\u001b[0m\u0007 bell\n').message).toBe(
      'ethrex bbbbbbb does not build: error: red bell'
    )
  })
})
