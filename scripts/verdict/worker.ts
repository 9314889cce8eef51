/** A thread that simulates the portions it is sent, one after the other. */
import { parentPort } from 'node:worker_threads'
import { simulate } from './simulate.ts'
import type { Portion } from './simulate.ts'

parentPort?.on('message', (portion: Portion) => {
  parentPort?.postMessage(simulate(portion))
})
