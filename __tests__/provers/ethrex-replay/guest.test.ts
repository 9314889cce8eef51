import { expect, test } from 'vitest'
import { ZKVMS, type ZkVm } from '../../../src/domain/workload.ts'
import { guestArtefacts } from '../../../src/provers/ethrex-replay/guest.ts'

const [NEW, OLD] = ['crates/guest-program/bin', 'crates/l2/prover/src/guest_program/src']

test.each<readonly [ZkVm, string, string | null]>([
  ['sp1', 'riscv32im-succinct-zkvm-elf', 'riscv32im-succinct-zkvm-vk-bn254'],
  ['risc0', 'riscv32im-risc0-elf', 'riscv32im-risc0-vk'],
  ['zisk', 'riscv64ima-zisk-elf', 'riscv64ima-zisk-vk'],
  ['openvm', 'riscv32im-openvm-elf', null]
])('ethrex leaves the guest of %s in out, in the new layout or the old one', (zkvm, elf, key) => {
  const inOut = [NEW, OLD].map((layout) => ({
    elf: `${layout}/${zkvm}/out/${elf}`,
    key: key === null ? null : `${layout}/${zkvm}/out/${key}`
  }))
  expect(guestArtefacts(zkvm)).toEqual(expect.arrayContaining(inOut))
})

test('ZisK runs what is in its own target, of v1.0 or before, so that is looked at before the copy', () => {
  const elfs = guestArtefacts('zisk').map(({ elf }) => elf)
  expect(elfs.slice(0, 3)).toEqual([
    `${NEW}/zisk/target/elf/riscv64ima-zisk-zkvm-elf/release/ethrex-guest-zisk`,
    `${NEW}/zisk/target/riscv64ima-zisk-zkvm-elf/release/ethrex-guest-zisk`,
    `${NEW}/zisk/out/riscv64ima-zisk-elf`
  ])
})

test('no two zkVMs share a file', () => {
  const all = ZKVMS.flatMap((zkvm) => [...new Set(guestArtefacts(zkvm).map(({ elf }) => elf))])
  expect(new Set(all).size).toBe(all.length)
})
