import type { GuestFold } from '../guest-fold.ts'

export const createOpenVmFold = (): GuestFold => ({
  concerns: () => false,
  accept: () => null,
  damaged: () => null,
  figures: () => ({ metrics: {}, spans: [], costs: [], remarks: [] })
})
