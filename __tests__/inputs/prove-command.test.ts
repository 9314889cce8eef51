import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInputs, problemLine } from '../../src/inputs/parse.ts'
import {
  INPUT_KEYS,
  printProveCommand,
  readProveCommand,
  type ProveCommand
} from '../../src/inputs/prove-command.ts'
import { proveHelp } from '../../src/inputs/prove-help.ts'
import { ACTION } from './context.ts'

/** Any character, one half of a pair too, the plain ones more often. */
const anyCharacter = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code))

const SHA = '0123456789abcdef0123456789abcdef01234567'
const read = (body: string): ProveCommand => readProveCommand(body, ACTION)
const linesOf = (body: string): readonly string[] => {
  const command = read(body)
  return command.kind === 'problem' ? command.problems.map((problem) => problemLine(problem, 'action')) : []
}
const asked = (
  inputs: Readonly<Record<string, string>> = {},
  headSha: string | null = null
): ProveCommand => ({
  kind: 'prove',
  inputs,
  headSha
})

describe('the first line', () => {
  test.each<[string, ProveCommand]>([
    ['/prove', asked()],
    ['/prove ', asked()],
    ['/prove \t \r\n', asked()],
    ['/prove\nplease', asked()],
    ['/prove\r\nblocks=5-1', asked()],
    ['/prove\rblocks=5-1', asked()],
    ['/prove mode=execute', asked({ mode: 'execute' })],
    ['/prove\tmode=execute', asked({ mode: 'execute' })],
    ['/prove   blocks=1,3-5 \t mode=prove  ', asked({ blocks: '1,3-5', mode: 'prove' })],
    ['/prove effort=default', asked({ effort: 'default' })],
    ['/prove effort=thorough', asked({ effort: 'thorough' })],
    [
      '/prove zkvm=sp1 resource=cpu proof-type=groth16',
      asked({ zkvm: 'sp1', resource: 'cpu', 'proof-type': 'groth16' })
    ],
    ['/prove zkvm=risc0,sp1 reference=rsp@v1', asked({ zkvm: 'risc0,sp1', reference: 'rsp@v1' })],
    ['/prove base=main host-ref=ethrex/x', asked({ base: 'main', 'host-ref': 'ethrex/x' })],
    ['/prove base=a=b', asked({ base: 'a=b' })],
    ['/prove gpu-minutes=none', asked({ 'gpu-minutes': 'none' })],
    [`/prove head-sha=${SHA}`, asked({}, SHA)],
    ['/prove head-sha=0123ABC', asked({}, '0123abc')],
    ['/prove help', { kind: 'help' }],
    ['/prove\thelp \r\nmore', { kind: 'help' }],
    ['/prove cancel', { kind: 'cancel' }]
  ])('%j is read', (body, command) => {
    expect(read(body)).toEqual(command)
  })

  test.each([
    '',
    '\n/prove',
    ' /prove',
    '\t/prove',
    '> /prove',
    '`/prove`',
    '```\n/prove\n```',
    '    /prove',
    '/Prove',
    '/PROVE help',
    '/prover',
    '/proved blocks=1',
    '/prove-it',
    '/prove=1',
    '/prove,',
    '/prove\u00a0help',
    '/prove\u2028help',
    '\ufeff/prove',
    '\u200b/prove',
    '/ prove',
    'please /prove',
    '<!-- x -->/prove',
    '/prov'
  ])('%j is no command', (body) => {
    expect(read(body)).toEqual({ kind: 'none' })
  })
})

describe('what is wrong', () => {
  test('has a sentence each', () => {
    const bodies = [
      '/prove blocks=5-1',
      '/prove blocks=500abc,1e3',
      '/prove blocks=,',
      '/prove blocks=',
      '/prove blocks=1 blocks=2',
      '/prove blokcs=1',
      '/prove xyz=1 xyz=1',
      '/prove =1',
      '/prove now',
      '/prove canel',
      '/prove Help',
      '/prove cancel now',
      '/prove help help',
      '/prove now now',
      '/prove mode=execute cancel',
      '/prove head=main approved-sha=1 rpc-url=https://u:hunter2@h/key',
      '/prove head-sha=012345',
      `/prove head-sha=${SHA}0`,
      '/prove head-sha=main',
      '/prove effort=hard reference=zeth@main',
      '/prove mode=calibrate',
      '/prove base=-x host-ref=a..b',
      '/prove gpu-minutes=lots mode=fast resource=tpu proof-type=x zkvm=y',
      '/prove __proto__=1 constructor=2',
      '/prove blocks=1 , 2',
      `/prove blocks=${'1,'.repeat(1000)}1`
    ]
    expect(bodies.map((body) => [body.slice(0, 70), ...linesOf(body)].join('\n  ')).join('\n'))
      .toMatchInlineSnapshot(`
        "/prove blocks=5-1
          blocks: "5-1" runs backwards; allowed: a range from the lower number to the higher
        /prove blocks=500abc,1e3
          blocks: "500abc" is neither a block number nor a range; allowed: numbers of at most 10 digits and ranges A-B, separated by commas, blanks or newlines
          blocks: "1e3" is neither a block number nor a range; allowed: numbers of at most 10 digits and ranges A-B, separated by commas, blanks or newlines
        /prove blocks=,
          blocks: "," names no block; allowed: numbers of at most 10 digits and ranges A-B, separated by commas, blanks or newlines
        /prove blocks=
          blocks: needs a value; allowed: blocks=LIST
        /prove blocks=1 blocks=2
          blocks: is given more than once; allowed: once
        /prove blokcs=1
          blokcs: is not a key (blocks, perhaps); allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
        /prove xyz=1 xyz=1
          xyz: is not a key; allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
        /prove =1
          /prove: "=1" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
        /prove now
          /prove: "now" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
        /prove canel
          /prove: "canel" is not KEY=VALUE (cancel, perhaps); allowed: pairs without blanks, or help or cancel alone
        /prove Help
          /prove: "Help" is not KEY=VALUE (help, perhaps); allowed: pairs without blanks, or help or cancel alone
        /prove cancel now
          /prove: "cancel" stands alone; allowed: /prove cancel
          /prove: "now" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
        /prove help help
          /prove: "help" stands alone; allowed: /prove help
        /prove now now
          /prove: "now" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
        /prove mode=execute cancel
          /prove: "cancel" stands alone; allowed: /prove cancel
        /prove head=main approved-sha=1 rpc-url=https://u:hunter2@h/key
          head: is for the workflow to say, not for a command; allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
          approved-sha: is for the workflow to say, not for a command; allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
          rpc-url: is for the workflow to say, not for a command; allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
        /prove head-sha=012345
          head-sha: "012345" is not a commit id; allowed: 7 to 40 digits of 0-9 and a-f
        /prove head-sha=0123456789abcdef0123456789abcdef012345670
          head-sha: "0123456789abcdef0123456789abcdef012345670" is not a commit id; allowed: 7 to 40 digits of 0-9 and a-f
        /prove head-sha=main
          head-sha: "main" is not a commit id; allowed: 7 to 40 digits of 0-9 and a-f
        /prove effort=hard reference=zeth@main
          effort: "hard" is not known; allowed: quick, default or thorough
          reference: "zeth@main" is not a reference; allowed: rsp@ and a branch, tag or commit id
        /prove mode=calibrate
          mode: "calibrate" measures the machine, not a change; allowed: prove or execute
        /prove base=-x host-ref=a..b
          base: "-x" begins with "-"; allowed: the name of a branch or tag, or a commit id
          host-ref: "a..b" has ".." in it; allowed: the name of a branch or tag, or a commit id
        /prove gpu-minutes=lots mode=fast resource=tpu proof-type=x zkvm=y
          gpu-minutes: "lots" cannot be used; allowed: whole minutes from 1 to 525600, or none
          mode: "fast" is not known; allowed: prove or execute
          resource: "tpu" is not known; allowed: gpu or cpu
          proof-type: "x" is not known; allowed: compressed or groth16
          zkvm: "y" is not a zkVM that is known; allowed: sp1, risc0, zisk or openvm, or several of them separated by commas
        /prove __proto__=1 constructor=2
          __proto__: is not a key; allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
          constructor: is not a key; allowed: head-sha, effort, mode, blocks, zkvm, resource, proof-type, base, host-ref, reference or gpu-minutes
        /prove blocks=1 , 2
          /prove: "," is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
          /prove: "2" is not KEY=VALUE; allowed: pairs without blanks, or help or cancel alone
        /prove blocks=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,
          /prove: the line has 2,015 characters; allowed: 2,000"
      `)
  })

  test('is an invisible character too', () => {
    expect(linesOf('/prove base=a\u00a0b')).toEqual([
      String.raw`base: "a\u{a0}b" has a blank or control character in it; allowed: the name of a branch or tag, or a commit id`
    ])
  })

  test('of a value is the very sentence that its input gets', () => {
    for (const [key, value] of [
      ['blocks', '5-1'],
      ['effort', 'slow'],
      ['gpu-minutes', '0'],
      ['base', 'a..b'],
      ['zkvm', 'sp1,sp1'],
      ['reference', 'zeth@main']
    ] as const) {
      const read = parseInputs({ [key]: value }, ACTION)
      const ofInput = read.ok ? [] : read.error.map((problem) => problemLine(problem, 'action'))
      expect(linesOf(`/prove ${key}=${value}`)).toEqual(ofInput)
      expect(ofInput).toHaveLength(1)
    }
  })

  test('2,000 characters are read, blanks at the end not counted', () => {
    const line = `/prove base=${'x'.repeat(200)} blocks=`.padEnd(2000, '1,')
    expect(linesOf(line)).toEqual([])
    expect(linesOf(`${line}${' '.repeat(5000)}`)).toEqual([])
    expect(linesOf(`${line}1`)).toEqual(['/prove: the line has 2,001 characters; allowed: 2,000'])
  })
})

describe('any text', () => {
  const word = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 12 }),
    fc.constantFrom(
      'help',
      'cancel',
      'blocks=1',
      'blocks=5-1',
      'head-sha=0123456',
      '__proto__=x',
      '=',
      'mode='
    ),
    fc
      .tuple(fc.constantFrom<string>(...INPUT_KEYS, 'head-sha', 'head'), fc.string({ maxLength: 8 }))
      .map(([key, value]) => `${key}=${value}`)
  )
  const body = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc
      .tuple(
        fc.constantFrom('', ' ', '> ', '`', '\n', '\u200b'),
        fc.constantFrom('/prove', '/Prove', '/prov', '/prove\u00a0', '//prove'),
        fc.constantFrom(' ', '\t', '\r\n', '\n', '', '='),
        fc.array(word)
      )
      .map(([before, command, blank, words]) => before + command + blank + words.join(' '))
  )

  test('is read without a throw, and only what begins with the command is one', () => {
    fc.assert(
      fc.property(body, (text) => {
        const command = read(text)
        if (!/^\/prove(?:\s|$)/.test(text)) expect(command).toEqual({ kind: 'none' })
        if (command.kind !== 'problem') return
        expect(command.problems.length).toBeGreaterThan(0)
        for (const problem of command.problems)
          expect(problemLine(problem, 'action')).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)
      })
    )
  })

  test('on later lines changes nothing', () => {
    fc.assert(
      fc.property(body, body, fc.constantFrom('\n', '\r\n', '\r'), (text, later, end) => {
        const line = text.split(/[\r\n]/, 1)[0] ?? ''
        expect(read(line + end + later)).toEqual(read(line))
      })
    )
  })

  test.each(['a', ' x', ' x=', '=', ' ', '\t', ',1'])(
    'a megabyte of %j on the line is refused in time',
    (unit) => {
      const start = performance.now()
      expect(read(`/prove blocks=1${unit.repeat(1_000_000 / unit.length)}x`).kind).toBe('problem')
      expect(performance.now() - start).toBeLessThan(3000)
    }
  )
})

test('what is printed is read back', () => {
  const values = {
    effort: fc.constantFrom('quick', 'default', 'thorough'),
    mode: fc.constantFrom('prove', 'execute'),
    blocks: fc.array(fc.integer({ min: 0, max: 9_999_999_999 }), { minLength: 1, maxLength: 9 }).map(String),
    zkvm: fc.constantFrom('sp1', 'zisk,risc0'),
    reference: fc.constant('rsp@main'),
    resource: fc.constantFrom('gpu', 'cpu'),
    'proof-type': fc.constantFrom('compressed', 'groth16'),
    base: fc.stringMatching(/^[a-z0-9][a-z0-9=#`<!>&'"$-]{0,20}$/),
    'host-ref': fc.stringMatching(/^[a-z0-9]{1,10}\/[a-z0-9]{1,10}$/),
    'gpu-minutes': fc.oneof(fc.constant('none'), fc.integer({ min: 1, max: 525_600 }).map(String))
  }
  const request = fc.record({
    inputs: fc
      .record(values, { requiredKeys: [] })
      .map((inputs) => inputs as Readonly<Record<string, string>>),
    headSha: fc.option(fc.stringMatching(/^[0-9a-f]{7,40}$/))
  })
  fc.assert(
    fc.property(request, fc.constantFrom('', '\r\n', '\n/prove help'), ({ inputs, headSha }, rest) => {
      expect(read(printProveCommand({ inputs, headSha }) + rest)).toEqual({ kind: 'prove', inputs, headSha })
    })
  )
})

test('the help names every key', () => {
  const help = proveHelp()
  for (const key of INPUT_KEYS) expect(help).toContain(`\n  ${key}=`)
  expect(help).toMatchInlineSnapshot(`
    "/prove                  Measure the head of this pull request.
    /prove KEY=VALUE ...    The same, with other inputs than the workflow has, this once.
    /prove head-sha=SHA     Only if that is the head; all 40 digits approve the head of a fork.
    /prove cancel           End the run that is under way.
    /prove help             Show this.

    Keys:
      effort=quick|default|thorough
          How much measuring a time verdict is worth: quick, default or thorough.
      mode=prove|execute
          prove measures cycles and time, execute cycles only.
      blocks=LIST
          Numbers and inclusive ranges A-B of the blocks to replay, at most 256.
      zkvm=LIST
          The zkVM that executes and proves, or several of them: sp1, risc0, zisk, openvm.
      resource=gpu|cpu
          What proves, gpu or cpu: chooses the cargo feature as well as the flag of the host.
      proof-type=compressed|groth16
          The proof that is made: compressed or groth16.
      base=REF
          Branch, tag or commit to compare with.
      host-ref=REF
          Branch, tag or commit of the host.
      reference=rsp@REF
          Another prover to show in a column: rsp@<ref>.
      gpu-minutes=MINUTES|none
          Budget of proving, or none for no limit.

    The command is the first line of a new comment by somebody who may write to this repository."
  `)
})
