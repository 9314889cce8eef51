import { guarded } from './last-resort.ts'
import { openScene } from './scene.ts'
import { serve } from './serve.ts'
import { tidyUp } from './tidy-up.ts'

/** Left by the main part of the step; the runner hands it to the part that it starts afterwards, from this same file. */
const STARTED = 'started'

const status = await guarded(process.stdout, async () => {
  const scene = await openScene(process)
  if (scene.step.state(STARTED) !== '') return tidyUp(scene)
  await scene.step.saveState(STARTED, 'true')
  return serve(scene, process)
})
process.exit(status)
