import type { Call, Reply } from './call.ts'
import type { Repository } from './state.ts'

/**
 * One page, with the links to the others. GitHub's links name the repository by its id, an address that is not in
 * its description: whoever makes links himself instead of following them finds out elsewhere.
 */
export const page = (call: Call, repository: Repository, items: readonly unknown[]): Reply => {
  const size = Math.min(100, Math.max(1, Number(call.query['per_page'] ?? 30)))
  const number = Math.max(1, Number(call.query['page'] ?? 1))
  const last = Math.max(1, Math.ceil(items.length / size))
  const segments = call.operation.path
    .slice('repos/{owner}/{repo}'.split('/').length)
    .map((segment) =>
      segment.replace(/^\{(.+)\}$/, (_, name: string) => encodeURIComponent(call.path[name] ?? ''))
    )
  const linkTo = (rel: string, to: number): string => {
    const url = new URL(`${call.state.apiUrl}/repositories/${repository.id}/${segments.join('/')}`)
    for (const [name, value] of Object.entries(call.query)) url.searchParams.set(name, String(value))
    url.searchParams.set('page', String(to))
    return `<${url.href}>; rel="${rel}"`
  }
  const links = [
    ...(number > 1 ? [linkTo('prev', number - 1)] : []),
    ...(number < last ? [linkTo('next', number + 1), linkTo('last', last)] : []),
    ...(number > 1 ? [linkTo('first', 1)] : [])
  ]
  return {
    status: 200,
    body: items.slice((number - 1) * size, number * size),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } })
  }
}
