/** A JSON-RPC message, a call or an answer, as far as a forwarder needs to know it. */
export interface RpcCall {
  readonly id: unknown
  /** Empty in an answer. */
  readonly method: string
  readonly result?: unknown
  readonly error?: unknown
}

/** Null for anything but one JSON object: batches too. */
export const parseCall = (text: string): RpcCall | null => {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const message: Readonly<Record<string, unknown>> = { ...value }
  const { id = null, method, result, error } = message
  const answer = { ...(result === undefined ? {} : { result }), ...(error === undefined ? {} : { error }) }
  return { id, method: typeof method === 'string' ? method : '', ...answer }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return null
  }
}

export const rpcResult = (id: unknown, result: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id, result })

export const rpcError = (id: unknown, code: number, message: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })
