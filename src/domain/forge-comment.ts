/** Whoever wrote something on the forge. */
export interface Author {
  readonly id: number
  readonly login: string
  readonly isBot: boolean
}

/** A comment of a pull request's conversation. */
export interface ForgeComment {
  readonly id: number
  readonly author: Author
  /** Text of whoever wrote it. */
  readonly body: string
  /** ISO 8601, by the forge's clock. */
  readonly createdAt: string
  readonly updatedAt: string
  /** Address for people. */
  readonly url: string
}

/** By what our own comments are known. */
export type Identity =
  /** The token tells who it is. */
  | { readonly kind: 'user'; readonly id: number }
  /** The token is an app's and does not tell: any of these bots. */
  | { readonly kind: 'bots'; readonly logins: readonly string[] }

/** Whether a comment's author is us. */
export const isOurs = ({ id, login, isBot }: Author, identity: Identity): boolean =>
  identity.kind === 'user' ? id === identity.id : isBot && identity.logins.includes(login)
