import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceOf } from '../../../src/io/node/gpu-trace.ts'
import { parseApps, parseReadings, saysLost, type Reading } from '../../../src/io/node/nvidia-smi-answers.ts'
import { MEBIBYTE } from '../../../src/domain/quantity.ts'

const NOTHING: Reading = {
  temperature: null,
  smClock: null,
  reasons: null,
  memory: null,
  utilization: null
} as const

describe('what GPUs say of themselves', () => {
  it.for([
    // An H100 with driver 590, idle and under load; a T4 with driver 465; one cut up by MIG.
    [
      '41, 345, 0x0000000000000001, 0, 0',
      { temperature: 41, smClock: 345, reasons: 1n, memory: 0, utilization: 0 }
    ],
    [
      '59, 1980, 0x0000000000000000, 19818, 100',
      { temperature: 59, smClock: 1980, reasons: 0n, memory: 19_818 * MEBIBYTE, utilization: 100 }
    ],
    [
      '32,300,0x1FF,344,7',
      { temperature: 32, smClock: 300, reasons: 511n, memory: 344 * MEBIBYTE, utilization: 7 }
    ],
    [
      '53, 1980, 0x0000000000000000, 11125, [N/A]',
      { temperature: 53, smClock: 1980, reasons: 0n, memory: 11_125 * MEBIBYTE, utilization: null }
    ],
    ['[N/A], [Not Supported], [Unknown Error], N/A, [Requested functionality has been deprecated]', NOTHING]
  ] as const)('%s', ([row, reading]) => {
    expect(parseReadings(`${row}\n`)).toEqual([reading])
  })

  it('a line for each', () => {
    expect(
      parseReadings('41, 345, 0x1, 0, 0\n42, 345, 0x1, 0, 0\n')?.map(({ temperature }) => temperature)
    ).toEqual([41, 42])
  })

  it.for([
    ['a cell too few', '41, 345, 0x1, 0'],
    ['a cell too many', '41, 345, 0x1, 0, 0, 0'],
    ['units', '41, 345 MHz, 0x1, 0 MiB, 0 %'],
    ['a mask that is none', '41, 345, 1, 0, 0'],
    ['more than all', '41, 345, 0x1, 0, 101'],
    ['a number below zero', '-1, 345, 0x1, 0, 0'],
    ['words', 'Failed to initialize NVML: Driver/library version mismatch'],
    ['one good line and one bad', '41, 345, 0x1, 0, 0\noops'],
    ['an empty cell', '41, , 0x1, 0, 0']
  ])('cannot be read with %s', ([, text]) => {
    expect(parseReadings(text!)).toBeNull()
  })

  it('is read or not, whatever it is: never half', () => {
    const cells = fc.constantFrom(
      '0',
      '41',
      '101',
      '0x1',
      '[N/A]',
      'N/A',
      '',
      '-',
      '1.5',
      '9 %',
      '[',
      '\u0000'
    )
    const answers = fc
      .array(fc.array(cells, { maxLength: 6 }), { maxLength: 3 })
      .map((rows) => rows.map((row) => row.join(', ')).join('\n'))
    fc.assert(
      fc.property(answers, (text) => {
        const readings = parseReadings(text)
        const lines = text.split('\n').filter((line) => line.trim() !== '')
        expect(readings === null || readings.length === lines.length).toBe(true)
        expect((readings ?? []).every(({ utilization }) => (utilization ?? 0) <= 100)).toBe(true)
        const apps = parseApps(text)
        expect(apps.kind !== 'read' || apps.apps.length === lines.length).toBe(true)
      })
    )
  })

  it.for([
    [
      'Unable to determine the device handle for GPU 0000:02:00.0: GPU is lost.  Reboot the system to recover this GPU',
      true
    ],
    [
      'Unable to determine the device handle for GPU0: 0000:81:00.0: Unknown Error\nNo devices were found',
      true
    ],
    ['[GPU is lost], [GPU is lost], [GPU is lost], 0, [GPU is lost]', true],
    ['[GPU requires reset], [N/A], 0x0, 0, [GPU requires reset]', true],
    ['No devices were found', false],
    ['[Unknown Error], 345, 0x1, 0, 0', false]
  ] as const)('%s: lost is %s', ([text, isLost]) => {
    expect(saysLost(text)).toBe(isLost)
  })
})

describe('who uses a GPU', () => {
  it.for([
    ['', []],
    [
      '11327, /root/tools/memhog\n11345, ./gpu_burn\n',
      [
        { pid: 11_327, name: '/root/tools/memhog' },
        { pid: 11_345, name: './gpu_burn' }
      ]
    ],
    ['7, a, b,c', [{ pid: 7, name: 'a, b,c' }]],
    ['7, [Insufficient Permissions]', [{ pid: 7, name: null }]]
  ] as const)('%j', ([text, apps]) => {
    expect(parseApps(text)).toEqual({ kind: 'read', apps })
  })

  it.for([
    ['[Not Supported], [Not Supported]', 'hidden'],
    ['12, a\n[N/A], [N/A]', 'hidden'],
    ['python', 'unreadable'],
    ['12', 'unreadable'],
    ['-1, a', 'unreadable']
  ])('%j is %s', ([text, kind]) => {
    expect(parseApps(text!).kind).toBe(kind)
  })
})

describe('what many looks come to', () => {
  const reading = (of: Partial<Record<keyof Reading, number | bigint | null>>): Reading =>
    ({ ...NOTHING, ...of }) as Reading
  const busy = (smClock: number, reasons = 0n): Reading => reading({ smClock, reasons, utilization: 97 })

  it('the hottest, all memory, and the clocks under load only', () => {
    const samples = [
      [
        reading({ temperature: 40, memory: 1, smClock: 345, utilization: 0 }),
        reading({ temperature: 41, memory: 2 })
      ],
      [
        reading({ temperature: 70, memory: 30, smClock: 1980, utilization: 99 }),
        reading({ temperature: 60, memory: 4, smClock: 1500, utilization: 50 })
      ],
      [reading({ memory: 100 }), reading({ temperature: 50, smClock: 200, utilization: 49 })]
    ]
    expect(traceOf(samples, ['7 python'])).toEqual({
      samples: 3,
      temperature: 70,
      smClock: { lo: 1500, hi: 1980 },
      throttled: [],
      peakMemory: 34,
      foreign: ['7 python']
    })
  })

  it('nothing known is nothing said', () => {
    expect(traceOf([[NOTHING]], [])).toEqual({
      samples: 1,
      temperature: null,
      smClock: null,
      throttled: [],
      peakMemory: null,
      foreign: []
    })
  })

  it.for([
    [0x1n, []],
    [0x2n, []],
    [0x100n, []],
    [0x4n, ['sw-power-cap']],
    [0x8n, ['hw-slowdown']],
    [0x10n, ['sync-boost']],
    [0x20n, ['sw-thermal-slowdown']],
    [0x40n, ['hw-thermal-slowdown']],
    [0x80n, ['hw-power-brake-slowdown']],
    [0xffff_ffff_ffff_fe00n, []],
    [0x48n, ['hw-slowdown', 'hw-thermal-slowdown']]
  ] as const)('reasons %s', ([mask, throttled]) => {
    expect(traceOf([[busy(1000, mask)]], []).throttled).toEqual(throttled)
  })

  it('reasons of all looks, but not of a GPU that is not in use', () => {
    const idle = reading({ reasons: 0x8n, utilization: 9 })
    const unsure = reading({ reasons: 0x20n })
    expect(
      traceOf(
        [
          [busy(1, 0x40n), idle],
          [busy(1, 0x4n), unsure]
        ],
        []
      ).throttled
    ).toEqual(['sw-power-cap', 'sw-thermal-slowdown', 'hw-thermal-slowdown'])
  })
})
