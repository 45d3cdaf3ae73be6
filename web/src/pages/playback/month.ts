/** The days of a month as a calendar shows them. Pure. */

export interface Month {
  year: number
  /** 1 to 12 */
  month: number
}

export const monthKey = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`

export function shiftMonth({ year, month }: Month, by: number): Month {
  const index = year * 12 + month - 1 + by
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 }
}

/** Weeks of seven cells, Monday first; null where the day is of another month. */
export function weeksOf({ year, month }: Month): (number | null)[][] {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const cells: (number | null)[] = Array.from<null>({ length: lead }).fill(null)
  for (let day = 1; day <= days; day += 1) cells.push(day)
  while (cells.length % 7) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
