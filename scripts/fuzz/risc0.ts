import fc from 'fast-check'
import type { Mode } from '../../src/domain/workload.ts'
import type { Event } from './log.ts'
import { counts } from './numbers.ts'
import type { GuestPart } from './transcript.ts'
import { NO_GUEST } from './transcript.ts'

const SESSION = 'risc0_zkvm::host::server::session'
/** So that the sum of the three is one of 64 bits. */
const part = counts(2n ** 62n)

/** The block of lines of RISC0 v3.0.3, which a proof prints again; its sources are in docs/notes/risc0.md. */
export const risc0 = (mode: Mode): fc.Arbitrary<GuestPart> =>
  fc
    .record({ segments: counts(), user: part, paging: part, reserved: part, isSilent: rarely })
    .map(({ segments, user, paging, reserved, isSilent }) => {
      const total = user + paging + reserved
      const block = [
        { target: 'risc0_zkvm::host::server::exec::executor', message: 'execution time: 25.441604522s' },
        ...[
          `number of segments: ${segments}`,
          `${total} total cycles`,
          `${user} user cycles (84.37%)`,
          `${paging} paging cycles (14.24%)`,
          `${reserved} reserved cycles (1.39%)`,
          'ecalls',
          '\t12 Sha2 calls, 816 cycles, (0.00%)'
        ].map((message): Event => ({ target: SESSION, message }))
      ]
      if (isSilent) return { ...NO_GUEST, what: 'RISC0 without RISC0_INFO' }
      return {
        ...NO_GUEST,
        what: 'RISC0',
        pieces: mode === 'prove' ? [...block, ...block] : block,
        metrics: {
          cycles: { value: user, unit: 'cycles', exactness: 'exact' },
          segments: { value: segments, unit: 'count', exactness: 'exact' }
        }
      }
    })

const rarely = fc.nat(9).map((die) => die === 0)
