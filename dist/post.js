#!/usr/bin/env node
// The part of a step that GitHub starts after its main part.
process.argv.push('--post')
await import('./action.js')
