import fc from 'fast-check'
import { count } from '../../src/domain/quantity.ts'
import type { Span } from '../../src/domain/sample.ts'
import type { Event } from './log.ts'
import { counts, grouped } from './numbers.ts'

/** A span of the guest, called once. */
interface Node {
  readonly name: string
  /** Cycles outside of its children. */
  readonly own: bigint
  readonly children: Tree
}

export type Tree = readonly Node[]

const NAMES = [
  'execution',
  'read_input',
  'commit_public_inputs',
  'validate: block',
  'GuestProgramState::from(execution_witness)',
  'x y',
  '23 cycles',
  '└╴9 cycles',
  'gas: 12',
  'ünï, 漢'
]

const nodes = (depth: number): fc.Arbitrary<Tree> =>
  fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      // So that no sum leaves 64 bits.
      own: counts(2n ** 58n),
      children: depth === 0 ? fc.constant([]) : nodes(depth - 1)
    }),
    { maxLength: 3 }
  )

/** Names that begin while they are open are rare: then the log does not tell everything. */
export const trees: fc.Arbitrary<Tree> = fc.oneof(
  { weight: 9, arbitrary: nodes(2).map((tree) => distinct(tree, [])) },
  { weight: 1, arbitrary: nodes(2) }
)

const distinct = (tree: Tree, open: readonly string[]): Tree =>
  tree.map((node) => {
    const name = open.includes(node.name) ? `${node.name} ${open.length}` : node.name
    return { ...node, name, children: distinct(node.children, [...open, name]) }
  })

export const cyclesOf = (tree: Tree): bigint =>
  tree.reduce((sum, { own, children }) => sum + own + cyclesOf(children), 0n)

/** Where SP1 logs them. */
export type Place = Pick<Event, 'target' | 'spans'>

export interface TrackerLines {
  readonly events: readonly Event[]
  /** Paths of which every call was printed with its cycles. */
  readonly spans: readonly Span[]
  /** No name began while it was open. */
  readonly isPlain: boolean
}

interface Sum {
  readonly path: readonly string[]
  cycles: bigint
  calls: number
  isLost: boolean
}

interface Open {
  readonly depth: number
  readonly sum: Sum
}

/**
 * The tracker as SP1 has it: a map from name to start, whose size is the depth (docs/notes/sp1.md). A name that begins
 * while it is open takes the place of its first start, and what is open then is all that the log can tell of a path.
 */
export const trackerLines = (tree: Tree, place: Place): TrackerLines => {
  const events: Event[] = []
  const open = new Map<string, Open>()
  const sums = new Map<string, Sum>()
  let isPlain = true
  const print = (depth: number, text: string): unknown =>
    events.push({ ...place, message: `${'│ '.repeat(depth)}${text}` })
  const begin = (name: string): void => {
    const depth = open.size
    const sum = sumOf(sums, [...([...open.values()].at(-1)?.sum.path ?? []), name])
    const replaced = open.get(name)
    if (replaced !== undefined) {
      isPlain = false
      replaced.sum.isLost = true
      open.delete(name)
    }
    open.set(name, { depth, sum })
    print(depth, `┌╴${name}`)
  }
  const visit = (node: Node): void => {
    begin(node.name)
    for (const child of node.children) visit(child)
    const ended = open.get(node.name)
    if (ended === undefined) return
    open.delete(node.name)
    const cycles = cyclesOf([node])
    ended.sum.cycles += cycles
    ended.sum.calls += 1
    print(ended.depth, `└╴${grouped(cycles)} cycles`)
  }
  for (const node of tree) visit(node)
  return { events, isPlain, spans: [...sums.values()].filter(({ isLost }) => !isLost).map(spanOf) }
}

const sumOf = (sums: Map<string, Sum>, path: readonly string[]): Sum => {
  const key = path.join('\n')
  const sum = sums.get(key) ?? { path, cycles: 0n, calls: 0, isLost: false }
  sums.set(key, sum)
  return sum
}

const spanOf = ({ path, cycles, calls }: Sum): Span => ({ path, cycles: count(cycles), calls })
