import type { ZkVm } from '../../domain/workload.ts'
import type { GuestArtefacts } from '../prover.ts'

/** In `crates/guest-program` since ethrex ed6e4d9a (2026-01-22), in the prover's crate before. */
const NEW_LAYOUT = 'crates/guest-program/bin'
const OLD_LAYOUT = 'crates/l2/prover/src/guest_program/src'

const ZISK_ELF = 'riscv64ima-zisk-zkvm-elf/release/ethrex-guest-zisk'
const ZISK_KEY = 'out/riscv64ima-zisk-vk'

/** Below a zkVM's folder of either layout (`build.rs` of ethrex's guest program). */
const ARTEFACTS: Readonly<Record<ZkVm, readonly GuestArtefacts[]>> = {
  sp1: [{ elf: 'out/riscv32im-succinct-zkvm-elf', key: 'out/riscv32im-succinct-zkvm-vk-bn254' }],
  risc0: [{ elf: 'out/riscv32im-risc0-elf', key: 'out/riscv32im-risc0-vk' }],
  // What is run comes from `target`, since ZisK v1.0 from `target/elf`; `out` has a copy, and where the guest has an
  // older name, that alone. The key is there since 05f1b766, and not since ZisK v1.0.
  zisk: [
    { elf: `target/elf/${ZISK_ELF}`, key: ZISK_KEY },
    { elf: `target/${ZISK_ELF}`, key: ZISK_KEY },
    { elf: 'out/riscv64ima-zisk-elf', key: ZISK_KEY }
  ],
  openvm: [{ elf: 'out/riscv32im-openvm-elf', key: null }]
}

/** Where ethrex's build leaves the guest of a zkVM. */
export const guestArtefacts = (zkvm: ZkVm): readonly GuestArtefacts[] =>
  [NEW_LAYOUT, OLD_LAYOUT].flatMap((layout) =>
    ARTEFACTS[zkvm].map(({ elf, key }) => ({
      elf: `${layout}/${zkvm}/${elf}`,
      key: key === null ? null : `${layout}/${zkvm}/${key}`
    }))
  )
