/** The first few, and how many more there are. */
export const listed = (items: readonly string[], few = 5): string =>
  items.length <= few
    ? items.join(separatorOf(items))
    : `${items.slice(0, few).join(separatorOf(items))} and ${items.length - few} more`

/** Items that hold commas need more than one between them. */
const separatorOf = (items: readonly string[]): string =>
  items.some((item) => item.includes(',')) ? '; ' : ', '
