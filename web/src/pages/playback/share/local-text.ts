/** An instant as an input for local times has it: the clock of this browser, to the second. */
export function localText(at: number): string {
  const moment = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return moment.toISOString().slice(0, 19)
}
