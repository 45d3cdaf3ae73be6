/** Initial passwords, to be read aloud or typed from paper: nothing that looks like something else. */

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 5

/** Twenty random characters in groups, 99 bits: `k7m2p-x9q4t-...`. `random` fills an array with random bytes. */
export function initialPassword(
  random: (bytes: Uint8Array) => Uint8Array = (bytes) =>
    crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
): string {
  // Bytes beyond the last whole multiple are thrown away: all letters are as likely.
  const most = 256 - (256 % LETTERS.length)
  let text = ''
  while (text.length < GROUPS * GROUP_LENGTH) {
    for (const byte of random(new Uint8Array(64)))
      if (byte < most && text.length < GROUPS * GROUP_LENGTH) text += LETTERS[byte % LETTERS.length] ?? ''
  }
  return (text.match(/.{5}/g) ?? []).join('-')
}
