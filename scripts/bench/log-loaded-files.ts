/** For `--import`: writes the URL of every file that is loaded from now on to descriptor 3, a line each. */
import { writeSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) writeSync(3, `${url}\n`)
    return nextLoad(url, context)
  }
})
