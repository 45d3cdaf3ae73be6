/** What a browser calls itself, in words. Pure: a guess, good enough to know one's own devices by. */

export interface Device {
  name: string
  kind: 'computer' | 'phone' | 'program'
}

// The first that is found: those that also call themselves by another's name come before it.
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\//, 'Chrome'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string, Device['kind']][] = [
  [/\biPhone\b/, 'iPhone', 'phone'],
  [/\biPad\b/, 'iPad', 'phone'],
  [/\bAndroid\b/, 'Android', 'phone'],
  [/\bWindows\b/, 'Windows', 'computer'],
  [/\bCrOS\b/, 'ChromeOS', 'computer'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS', 'computer'],
  [/\bLinux\b|\bX11\b/, 'Linux', 'computer'],
]

export function deviceOf(userAgent: string): Device {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))
  if (browser && system) return { name: `${browser} on ${system[1]}`, kind: system[2] }
  if (browser) return { name: browser, kind: 'computer' }
  // A program's own name, as `curl/8.5.0` or `python-httpx/0.28`.
  const program = /^[\w.+-]{1,40}(?=[/\s]|$)/.exec(userAgent)?.[0]
  return { name: program ?? 'Unknown program', kind: 'program' }
}
