/**
 * Cuts out of GitHub's own OpenAPI description what the tests of the GitHub side check requests and answers
 * against, and writes it to __tests__/fixtures/github-openapi.json. The description is MIT licensed and comes as an
 * npm package of 400 MB, so it is fetched by hand where the slice must grow, and is no dependency:
 *
 *     npm pack @octokit/openapi@23.0.2
 *     tar -xzf octokit-openapi-23.0.2.tgz package/LICENSE package/generated/api.github.com.json
 *     node scripts/github-openapi.ts package/generated/api.github.com.json
 */
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { OPERATIONS, WEBHOOKS } from './github-openapi/selection.ts'
import { slice } from './github-openapi/slice.ts'
import { toText } from './github-openapi/text.ts'

const FIXTURE = join(import.meta.dirname, '..', '__tests__', 'fixtures', 'github-openapi.json')

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { output: { type: 'string', default: FIXTURE } }
  })
  const [source, ...more] = positionals
  if (source === undefined || more.length > 0) {
    throw new Error('one argument: the path of api.github.com.json')
  }
  const description: unknown = JSON.parse(await readFile(resolve(source), 'utf8'))
  // MIT asks that the notice goes wherever a substantial part goes.
  const notice = await readFile(join(dirname(resolve(source)), '..', 'LICENSE'), 'utf8')
  const text = toText(slice(description, { operations: OPERATIONS, webhooks: WEBHOOKS, notice }))
  await writeFile(resolve(values.output), text)
  console.log(`${values.output}: ${Math.ceil(text.length / 1024)} KiB`)
}

await main()
