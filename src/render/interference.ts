import type { Failure, Reason } from '../domain/failure.ts'

/** What withholds a verdict though neither side failed. */
export interface Interference {
  /** For a heading. */
  readonly words: string
  readonly advice: string
  /** Whether what was measured until then still holds. */
  readonly isTrusted: boolean
}

const CHANGED_FILES: Interference = {
  words: 'files were changed that must not be',
  advice:
    'The code that was built or run changed files that are not its own. No figure of this run is to be trusted: read the diff.',
  isTrusted: false
}

const MISTAKE: Interference = {
  words: 'proving-regression made a mistake',
  advice: 'This is a mistake of proving-regression, of neither side.',
  isTrusted: true
}

const MACHINE: Interference = {
  words: 'the machine or the network got in the way',
  advice: 'Neither side is to blame. Fix what is named here and run again.',
  isTrusted: true
}

const KINDS: Readonly<Partial<Record<Reason, Interference>>> = {
  tampered: CHANGED_FILES,
  'witness-changed': CHANGED_FILES,
  internal: MISTAKE
}

/** What came between, and the failure that says so: the gravest, else the first that is of neither side. */
export const interferenceOf = (
  failures: readonly Failure[]
): { readonly kind: Interference; readonly failure: Failure | null } => {
  const kindOf = ({ reason }: Failure): Interference => KINDS[reason] ?? MACHINE
  const failure =
    failures.find((one) => !kindOf(one).isTrusted) ??
    failures.find(({ side }) => side === null) ??
    failures[0] ??
    null
  return { kind: failure === null ? MACHINE : kindOf(failure), failure }
}
