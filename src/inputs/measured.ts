import { EFFORTS } from '../domain/effort.ts'
import { NETWORKS, PROOF_TYPES, RESOURCES } from '../domain/workload.ts'
import { blocks } from './blocks.ts'
import { oneOf, optional, zkvms } from './choices.ts'
import type { Input } from './input.ts'
import { ref, reference, variants } from './refs.ts'
import { repository } from './repository.ts'

/** The inputs that say what is measured: the part of the table that decides a run's plan. */
export const MEASURED = {
  mode: {
    kind: oneOf(['prove', 'execute', 'calibrate']),
    default: 'prove',
    summary:
      '`prove` measures cycles and time, `execute` cycles only, `calibrate` the machine: base against itself.',
    more:
      '`execute` builds without `gpu`, whatever `resource` says. `calibrate` is for the terminal and ' +
      '`workflow_dispatch`, takes no `head`, and writes no comment.'
  },
  effort: {
    kind: oneOf(EFFORTS),
    default: 'default',
    summary: 'How much measuring a time verdict is worth: `quick`, `default` or `thorough`.',
    more: '`quick` times the two cheapest blocks and judges them to ±3%, `default` all to ±2%, `thorough` all to ±1%.'
  },
  blocks: {
    kind: blocks,
    default: '23426993-23426996',
    summary: 'Numbers and inclusive ranges `A-B` of the blocks to replay, at most 256.',
    more: 'Separated by commas, blanks or newlines. Required where `network` is not `mainnet`.'
  },
  network: {
    kind: oneOf(NETWORKS),
    default: 'mainnet',
    summary: 'The chain of the blocks: `mainnet`, `sepolia` or `hoodi`.'
  },
  zkvm: {
    kind: zkvms,
    default: 'sp1',
    summary: 'The zkVM that executes and proves, or several of them: `sp1`, `risc0`, `zisk`, `openvm`.',
    more:
      'Separated by commas. Each is built, executed and proved by itself, and the worst verdict is that of the run. ' +
      '`calibrate` takes one.'
  },
  resource: {
    kind: oneOf(RESOURCES),
    default: 'gpu',
    summary: 'What proves, `gpu` or `cpu`: chooses the cargo feature as well as the flag of the host.'
  },
  'proof-type': {
    kind: oneOf(PROOF_TYPES),
    default: 'compressed',
    summary: 'The proof that is made: `compressed` or `groth16`.'
  },
  base: {
    kind: optional(ref),
    default: '',
    defaultWords:
      'the merge base of head and the branch that it goes into, else the default branch; with `push` the commit ' +
      'before it; with `calibrate` the tip of the default branch',
    summary: 'Branch, tag or commit to compare with.',
    more: 'Wins over `base-from`.'
  },
  head: {
    kind: optional(ref),
    default: '',
    defaultWords: 'from the event; in the terminal `HEAD` of the repository',
    summary: 'Branch, tag or commit to judge.',
    more: 'Not with `pull_request`, `/prove` and `push`, whose event decides.'
  },
  'base-from': {
    kind: oneOf(['merge-base', 'branch']),
    default: 'merge-base',
    summary: 'Which commit of the base branch is base: the `merge-base` with head, or its tip (`branch`).'
  },
  variants: {
    kind: variants,
    default: '',
    summary:
      'More branches, tags or commits to compare with base, beside head: `name=ref`, each on a line or between blanks.',
    more:
      'At most 16. Each is judged as head is, and shown; the verdict of the run is that of head alone. Base is ' +
      'proved once for all of them.'
  },
  repository: {
    kind: repository,
    default: '',
    defaultWords: 'this repository',
    summary: 'The ethrex to measure: `owner/name`, a URL or a path.',
    more:
      'A path is `.`, `..` or begins with `/`, `./` or `../`; its commits are measured, never its working tree. ' +
      'A URL has `://` in it or begins with `git@`. Anything else is `owner/name`.'
  },
  'host-repository': {
    kind: repository,
    default: 'lambdaclass/ethrex-replay',
    summary: 'The tool that replays blocks, in the forms of `repository`.'
  },
  'host-ref': {
    kind: optional(ref),
    default: '',
    defaultWords: '`main`',
    summary: 'Branch, tag or commit of the host.',
    more:
      'Unset, a pull request of the same repository gets the branch `ethrex/<head branch>` if the host has one. ' +
      'Hosts that differ by side make time `incomparable`.'
  },
  reference: {
    kind: optional(reference),
    default: '',
    summary: 'Another prover to show in a column: `rsp@<ref>`.',
    more: 'Measured on the same machine and blocks, last, with what is left of the budget. Needs `sp1` in `zkvm`.'
  },
  'reference-repository': {
    kind: repository,
    default: 'succinctlabs/rsp',
    summary: 'Where the reference is, in the forms of `repository`.'
  }
} satisfies Readonly<Record<string, Input>>
