/** What a new password must be, as the server asks for it (it also knows the commonest ones). Pure. */

export interface Rule {
  text: string
  kept: boolean
}

const SHORTEST = 10
export const LONGEST_PASSWORD = 256
const FEWEST_DIFFERENT = 4

/** The rules, and which of them a password keeps. */
export function passwordRules(password: string, username: string): Rule[] {
  const length = Array.from(password).length
  const plain = password.normalize('NFKC').toLowerCase()
  return [
    { text: `At least ${SHORTEST} characters`, kept: length >= SHORTEST && length <= LONGEST_PASSWORD },
    { text: `At least ${FEWEST_DIFFERENT} different ones`, kept: new Set(plain).size >= FEWEST_DIFFERENT },
    { text: 'Not the user name', kept: password !== '' && plain !== username.trim().toLowerCase() },
  ]
}

/** Whether the server would take it, as far as this can be told here. */
export function isGoodPassword(password: string, username: string): boolean {
  return passwordRules(password, username).every((rule) => rule.kept)
}
