import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createContainers } from '../../../src/io/node/containers.ts'
import { createProverServer } from '../../../src/io/node/prover-server.ts'
import { findPortHolder } from '../../../src/io/node/tcp-port.ts'
import { newProcesses, PATH, programPath, temporaryDirectory, until } from './programs.ts'

const OURS = 'a'.repeat(64)
const FOREIGN = 'b'.repeat(64)

/** A machine with a docker of its own and a port that nobody else uses. */
const newMachine = async () => {
  const directory = temporaryDirectory()
  const [bin, daemon, stateFile] = [
    join(directory, 'bin'),
    join(directory, 'daemon'),
    join(directory, 'state')
  ]
  mkdirSync(bin)
  mkdirSync(daemon)
  symlinkSync(programPath('docker.sh'), join(bin, 'docker'))
  const { processes } = newProcesses()
  const containers = createContainers(processes, { PATH: `${bin}:${PATH}`, FAKE_DOCKER: daemon })
  const port = await freePort()
  return {
    containers,
    port,
    stateFile,
    has: (id: string) => existsSync(join(daemon, id)),
    start: (id: string, name = 'sp1-gpu') => writeFileSync(join(daemon, id), name),
    server: createProverServer({ containers, stateFile, port, every: 50 })
  }
}

const listen = async (port: number): Promise<number> => {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe("the prover's container and port", { timeout: 30_000 }, () => {
  it('stand in nobody’s way on an idle machine', async () => {
    const { server, start } = await newMachine()
    start(FOREIGN, 'sp1-gpu-2')
    expect(await server.obstacle()).toBeNull()
    expect(await server.watch().end()).toEqual([])
  })

  it('are reported where somebody else has the name, with the command that helps', async () => {
    const { server, start, has } = await newMachine()
    start(FOREIGN)
    expect(await server.obstacle()).toEqual({
      reason: 'stale-container',
      message:
        'The container name sp1-gpu is taken by bbbbbbbbbbbb of image:v5, which is not of this run. Remove it: docker rm -f sp1-gpu'
    })
    expect(has(FOREIGN)).toBe(true)
  })

  it('are reported where somebody else has the port', async () => {
    const { server, port } = await newMachine()
    await listen(port)
    const obstacle = await server.obstacle()
    expect(obstacle?.reason).toBe('port-taken')
    expect(obstacle?.message).toMatch(
      new RegExp(`^Port ${port}.* process ${process.pid} .* kill ${process.pid}$`)
    )
  })

  it('are removed where they came up while a trial ran', async () => {
    const { server, start, has, stateFile } = await newMachine()
    const watch = server.watch()
    start(OURS)
    await until(() => existsSync(stateFile))
    expect(readFileSync(stateFile, 'utf8')).toBe(`${OURS}\n`)
    expect(await watch.end()).toEqual(['removed the container sp1-gpu that the prover left'])
    expect(has(OURS)).toBe(false)
    expect(existsSync(stateFile)).toBe(false)
  })

  it('are found at the end of a trial that was too short for a look', async () => {
    const { containers, stateFile, port, start, has } = await newMachine()
    const watch = createProverServer({ containers, stateFile, port }).watch()
    start(OURS)
    expect(await watch.end()).toEqual(['removed the container sp1-gpu that the prover left'])
    expect(has(OURS)).toBe(false)
  })

  it('of a killed run are removed by the next, by id and not by name', async () => {
    const { server, start, has, stateFile } = await newMachine()
    writeFileSync(stateFile, `${OURS}\n`)
    start(OURS)
    expect(await server.obstacle()).toBeNull()
    expect(has(OURS)).toBe(true)
    await server.clear()
    expect(has(OURS)).toBe(false)
    writeFileSync(stateFile, `${OURS}\n`)
    start(FOREIGN)
    expect((await server.obstacle())?.reason).toBe('stale-container')
    expect(has(FOREIGN)).toBe(true)
  })

  it('are nothing to a machine without docker', async () => {
    const { stateFile, port } = await newMachine()
    const containers = createContainers(newProcesses().processes, { PATH: '/nowhere' })
    const server = createProverServer({ containers, stateFile, port, every: 20 })
    expect(await server.obstacle()).toBeNull()
    expect(await server.watch().end()).toEqual([])
  })
})

describe('a port', () => {
  it('is free, or has a holder with a name', async () => {
    const port = await freePort()
    expect(await findPortHolder(port)).toBeNull()
    await listen(port)
    expect(await findPortHolder(port)).toMatchObject({ pid: process.pid })
  })
})
