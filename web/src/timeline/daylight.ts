/** When it is night at the site. Pure; instants in milliseconds UTC. */

import { addDays, DAY, instant, MINUTE, startOfDay, wallTime } from '@/words/zone'

/** Degrees, north and east. */
export interface Place {
  latitude: number
  longitude: number
}

// The sun's upper edge at the horizon, with refraction.
const HORIZON_DEGREES = 90.833
const RADIAN = Math.PI / 180
// Without a place: the light hours of a day that is like no other, and wrong by little anywhere.
const LIGHT_FROM_HOUR = 6
const LIGHT_TO_HOUR = 18

/** Between sunrise and sunset; `always` and `never` where the sun does not cross the horizon that day. */
export type Daylight = { rise: number; set: number } | 'always' | 'never'

/**
 * The daylight of a calendar day, to about two minutes. By the General Solar Position Calculations of NOAA's Global
 * Monitoring Division (gml.noaa.gov/grad/solcalc/solareqns.PDF), for noon of the day.
 */
export function daylight(year: number, month: number, day: number, { latitude, longitude }: Place): Daylight {
  const midnight = Date.UTC(year, month - 1, day)
  const dayOfYear = Math.round((midnight - Date.UTC(year, 0, 1)) / DAY)
  const daysInYear = Math.round((Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY)
  // Noon at the place, in UTC hours of that day.
  const noonHour = 12 - longitude / 15
  const angle = ((2 * Math.PI) / daysInYear) * (dayOfYear + (noonHour - 12) / 24)
  const equationOfTime =
    229.18 *
    (0.000075 +
      0.001868 * Math.cos(angle) -
      0.032077 * Math.sin(angle) -
      0.014615 * Math.cos(2 * angle) -
      0.040849 * Math.sin(2 * angle))
  const declination =
    0.006918 -
    0.399912 * Math.cos(angle) +
    0.070257 * Math.sin(angle) -
    0.006758 * Math.cos(2 * angle) +
    0.000907 * Math.sin(2 * angle) -
    0.002697 * Math.cos(3 * angle) +
    0.00148 * Math.sin(3 * angle)
  const phi = Math.max(-89.9, Math.min(89.9, latitude)) * RADIAN
  const cosine =
    Math.cos(HORIZON_DEGREES * RADIAN) / (Math.cos(phi) * Math.cos(declination)) -
    Math.tan(phi) * Math.tan(declination)
  if (cosine < -1) return 'always'
  if (cosine > 1) return 'never'
  const hourAngle = Math.acos(cosine) / RADIAN
  const at = (minutes: number) => Math.round(midnight + minutes * MINUTE)
  return {
    rise: at(720 - 4 * (longitude + hourAngle) - equationOfTime),
    set: at(720 - 4 * (longitude - hourAngle) - equationOfTime),
  }
}

/** The nights in `[start, end]`, in order and cut to it: between sunset and sunrise at the place, else from 18 to 6. */
export function nightsIn(start: number, end: number, zone: string, place: Place | null): [number, number][] {
  const nights: [number, number][] = []
  let dark = start
  const lit = (from: number, to: number) => {
    if (from > dark && from > start) nights.push([dark, Math.min(from, end)])
    dark = Math.max(dark, to)
  }
  // A day's light may lie in the zone's day before or after, where a zone is far from its meridian.
  for (let day = addDays(start, -1, zone); day <= end + DAY && dark < end; day = addDays(day, 1, zone)) {
    const { year, month, day: date } = wallTime(day, zone)
    if (!place) {
      const hour = (at: number) => instant({ year, month, day: date, hour: at }, zone)
      lit(hour(LIGHT_FROM_HOUR), hour(LIGHT_TO_HOUR))
      continue
    }
    const light = daylight(year, month, date, place)
    if (light === 'always') lit(startOfDay(day, zone), addDays(day, 1, zone))
    else if (light !== 'never') lit(light.rise, light.set)
  }
  if (dark < end) nights.push([dark, end])
  return nights.filter(([from, to]) => to > from)
}
