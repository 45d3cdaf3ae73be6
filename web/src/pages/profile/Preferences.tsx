import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core'
import { Section } from '@/parts/Section'
import { browserZone } from '@/words/zone'
import { savePreferences, usePreferences } from '@/state/preferences'
import classes from './Preferences.module.css'

const ZONES = Intl.supportedValuesOf('timeZone')

/** Theme and time zone of this browser. */
export function Preferences({ siteZone }: { siteZone: string | undefined }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { zone } = usePreferences()
  const named = [
    { value: 'site', label: `The site’s (${siteZone ?? 'not known yet'})` },
    { value: 'browser', label: `This browser’s (${browserZone})` },
    { value: 'UTC', label: 'UTC' },
  ]
  return (
    <Section title="Preferences" note="They hold for this browser only.">
      <div className={classes.fields}>
        <div>
          <div id="theme-label" className={classes.label}>
            Theme
          </div>
          <SegmentedControl
            size="sm"
            aria-labelledby="theme-label"
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={[
              { value: 'auto', label: 'Like the system' },
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
            ]}
          />
        </div>
        <Select
          label="Time zone"
          value={zone}
          onChange={(value) => value && savePreferences({ zone: value })}
          data={[
            { group: 'Usual', items: named },
            { group: 'All', items: ZONES.filter((name) => name !== 'UTC') },
          ]}
          searchable
          allowDeselect={false}
          maw={340}
        />
      </div>
    </Section>
  )
}
