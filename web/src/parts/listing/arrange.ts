/** Which of a list are shown, and in which order. Pure. */

/** What is compared; null stands at the end, whichever way the list is turned. */
export type Key = string | number | null

export interface Order {
  by: string
  down: boolean
}

/** The items whose text has every word of `wanted`, whatever its case. */
export function matching<T>(items: readonly T[], wanted: string, text: (item: T) => string): T[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter((item) => {
    const said = text(item).toLowerCase()
    return words.every((word) => said.includes(word))
  })
}

/** In the order of a key; names as a person sorts them (`Gate 2` before `Gate 10`), and equals as they came. */
export function ordered<T>(items: readonly T[], key: (item: T) => Key, down: boolean): T[] {
  const turn = down ? -1 : 1
  return items
    .map((item) => ({ item, at: key(item) }))
    .sort((a, b) => {
      if (a.at === null || b.at === null) return Number(a.at === null) - Number(b.at === null)
      if (typeof a.at === 'string' || typeof b.at === 'string')
        return turn * NAMES.compare(String(a.at), String(b.at))
      return turn * (a.at - b.at)
    })
    .map(({ item }) => item)
}

const NAMES = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** The order that a click on a column's head makes of the present one. */
export function turned(order: Order, by: string): Order {
  return order.by === by ? { by, down: !order.down } : { by, down: false }
}

/** As it stands in an address: `name`, `-seen`. */
export function orderText({ by, down }: Order): string {
  return down ? `-${by}` : by
}

/** What an address means by it, of the columns that there are; else the usual order. */
export function orderOf(text: string | undefined, columns: readonly string[], usual: Order): Order {
  const down = text?.startsWith('-') ?? false
  const by = down ? text?.slice(1) : text
  return by !== undefined && columns.includes(by) ? { by, down } : usual
}
