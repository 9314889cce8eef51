import * as v from 'valibot'
import { PARTS } from '../domain/sameness.ts'
import { blockField, digestField, text } from './fields.ts'

const objectField = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/)))

const pathsField = v.array(
  v.strictObject({ path: text, parts: v.array(v.picklist(PARTS)), base: objectField, head: objectField })
)

/** How far the sides are the same, inside other documents. */
export const samenessField = v.strictObject({
  sources: v.nullable(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('identical'), paths: pathsField }),
      v.strictObject({ kind: v.literal('different'), paths: pathsField }),
      v.strictObject({ kind: v.literal('unknown'), why: text })
    ])
  ),
  inputs: v.array(
    v.strictObject({ block: blockField, base: v.nullable(digestField), head: v.nullable(digestField) })
  )
})
