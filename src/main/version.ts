declare const __VERSION__: string | undefined

/** From package.json, put in when `dist/` is built. */
export const VERSION = typeof __VERSION__ === 'string' ? __VERSION__ : 'unbuilt'
