import { guarded } from './last-resort.ts'
import { openScene } from './scene.ts'
import { serve } from './serve.ts'
import { tidyUp } from './tidy-up.ts'

/**
 * What `dist/post.js` starts this program with, for the part of the step after the main one. Not told by the state
 * that the runner keeps in a file: whatever runs as our user can write there.
 */
const AFTERWARDS = '--post'

const status = await guarded(process.stdout, async () => {
  const scene = await openScene(process)
  return process.argv.includes(AFTERWARDS) ? tidyUp(scene) : serve(scene, process)
})
process.exit(status)
