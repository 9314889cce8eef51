import * as v from 'valibot'
import { failure, success } from '../../domain/problem.ts'
import type { Answer, Asking } from '../forge.ts'
import { reading, type Caller, type Send } from './calls.ts'

export interface Listing<T> {
  readonly item: v.GenericSchema<unknown, T>
  readonly asking: Asking | undefined
  /** Asks for a page, counted from 1, of `PER_PAGE` items. */
  readonly send: (page: number) => Send
}

/** As many as GitHub gives at once. */
export const PER_PAGE = 100
/** 10,000 items: a list that goes on beyond that is no conversation. */
const MOST_PAGES = 100

/** All items of a list, or a refusal: of a part nobody could tell what is missing. */
export const allPages = async <T>(
  caller: Caller,
  { item, asking, send }: Listing<T>
): Answer<readonly T[]> => {
  const items: T[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answered = await caller.ask(send(page), asking)
    const read = reading(answered, v.array(item))
    if (!read.ok) return read
    items.push(...read.value)
    // A page may have fewer than were asked for and not be the last: only the link tells.
    if (!answered.ok || !hasNext(answered.value.headers.link)) return success(items)
  }
  return failure({ kind: 'invalid', message: `GitHub's list is longer than ${MOST_PAGES * PER_PAGE} items` })
}

const hasNext = (link: string | undefined): boolean => /;\s*rel="next"/.test(link ?? '')
