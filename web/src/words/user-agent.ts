/** The program of a session in words: `Firefox on Windows`. Pure. */

// The first that is found: later ones name the earlier ones too, to be taken for them.
const PROGRAMS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Headless)?Chrom(e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const found = (names: [RegExp, string][], text: string) => names.find(([sign]) => sign.test(text))?.[1]

/** What a `User-Agent` says for people; of programs that are no browser their own name. */
export function program(userAgent: string): string {
  const name = found(PROGRAMS, userAgent)
  const system = found(SYSTEMS, userAgent)
  if (name) return system ? `${name} on ${system}` : name
  const own = userAgent.split(/[/\s(]/, 1)[0]?.slice(0, 40)
  return own ? own : 'A program that does not say its name'
}
