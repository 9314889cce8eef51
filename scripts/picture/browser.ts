import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
/** A first start makes a profile. */
const PATIENCE = 120_000

/** A page of the width as a PNG: as high as it is, with two pixels for each one of the style sheet. */
export async function drawPage(html: string, width: number): Promise<Buffer> {
  const browser = await findBrowser()
  const directory = await mkdtemp(join(tmpdir(), 'picture-'))
  try {
    const page = join(directory, 'page.html')
    await writeFile(page, html)
    const start = (...args: readonly string[]): Promise<string> =>
      startBrowser(browser, directory, [...args, pathToFileURL(page).href])
    const dom = await start('--dump-dom', `--window-size=${width},600`)
    const height = /data-height="(\d+)"/.exec(dom)?.[1]
    if (height === undefined) throw new Error('the page did not say how high it is')
    const picture = join(directory, 'page.png')
    await start(
      `--screenshot=${picture}`,
      `--window-size=${width},${height}`,
      '--force-device-scale-factor=2',
      '--hide-scrollbars'
    )
    return await readFile(picture)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function findBrowser(): Promise<string> {
  for (const name of NAMES) {
    const isThere = await run(name, ['--version']).then(
      () => true,
      () => false
    )
    if (isThere) return name
  }
  throw new Error(
    `none of ${NAMES.join(', ')} is installed; on Debian: apt-get install chromium fonts-noto-core`
  )
}

async function startBrowser(browser: string, profile: string, args: readonly string[]): Promise<string> {
  // No sandbox: in a container there is often no user namespace for one, and the page is our own.
  const quiet = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-lcd-text',
    `--user-data-dir=${join(profile, 'profile')}`
  ]
  const { stdout } = await run(browser, [...quiet, ...args], { timeout: PATIENCE, maxBuffer: 2 ** 26 })
  return stdout
}
