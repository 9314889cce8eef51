/** One thing that must hold of the tree before it is merged. */
export interface Gate {
  readonly name: string
  /** What to type, or to do, when it is red. */
  readonly repair: string
  /** True where it takes the whole machine: nothing else runs beside it. */
  readonly alone?: boolean
  readonly run: (root: string) => Promise<GateResult>
}

export interface GateResult {
  readonly passed: boolean
  /** Shown when red: names the culprits. */
  readonly output: string
}
