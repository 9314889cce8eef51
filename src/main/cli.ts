#!/usr/bin/env node
import { EXIT, type ExitStatus } from '../domain/exit-status.ts'
import { parseArgv, type Invocation } from '../inputs/argv.ts'
import { renderHelp } from '../inputs/help.ts'
import { check } from './check.ts'
import { demo } from './demo.ts'
import { parse } from './parse.ts'
import { report } from './report.ts'
import { run } from './run.ts'
import { guarded } from './last-resort.ts'
import { openTerminal, refuse, type Terminal } from './terminal.ts'
import { VERSION } from './version.ts'
import { witnesses } from './witnesses.ts'

const main = async (terminal: Terminal): Promise<ExitStatus> => {
  const invocation = parseArgv(process.argv.slice(2))
  if (!invocation.ok) return refuse(invocation.error, terminal)
  return dispatch(invocation.value, terminal)
}

const dispatch = async (invocation: Invocation, terminal: Terminal): Promise<ExitStatus> => {
  switch (invocation.kind) {
    case 'help':
      await terminal.print(renderHelp(invocation.command))
      return EXIT.done
    case 'version':
      await terminal.print(`proving-regression ${VERSION}\n`)
      return EXIT.done
    case 'run':
      return run(invocation, terminal)
    case 'demo':
      return demo(invocation, terminal)
    case 'check':
      return check(invocation.inputs, terminal)
    case 'witnesses':
      return witnesses(invocation.inputs, terminal)
    case 'report':
      return report(invocation, terminal)
    case 'parse':
      return parse(invocation.request, terminal)
  }
}

const OLDEST_NODE = 24

const terminal = openTerminal(process)
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  terminal.log.info(`proving-regression needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}`)
  process.exit(EXIT.badInput)
}
process.exit(await guarded(process.stderr, () => main(terminal)))
