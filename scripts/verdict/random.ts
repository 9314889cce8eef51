/** A stream of random numbers that is the same for the same seeds, on every machine. */
export interface Random {
  /** In (0, 1), of 32 bits. */
  readonly uniform: () => number
  /** Two independent standard normal numbers. */
  readonly normals: () => readonly [number, number]
}

/** Small fast counter of 128 bits (sfc32, of PractRand), seeded by two whole numbers. */
export const createRandom = (seed: number, stream: number): Random => {
  let a = mixed(seed)
  let b = mixed(stream ^ 0x9e3779b9)
  let c = mixed(seed ^ mixed(stream))
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let turn = 0; turn < 12; turn++) next()
  const uniform = (): number => (next() + 0.5) / 2 ** 32
  // Box and Muller: an angle and a length.
  const normals = (): readonly [number, number] => {
    const length = Math.sqrt(-2 * Math.log(uniform()))
    const angle = 2 * Math.PI * uniform()
    return [length * Math.cos(angle), length * Math.sin(angle)]
  }
  return { uniform, normals }
}

/** Every bit of the number moves every bit of the answer (the finisher of MurmurHash3). */
const mixed = (number: number): number => {
  let bits = number | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
