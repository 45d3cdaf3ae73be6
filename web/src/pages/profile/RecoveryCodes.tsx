import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { Notice } from '@/parts/Notice'
import classes from './Profile.module.css'
import { copyText, printText, saveText } from './take-away'

/** The codes that stand in for a lost app, this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false)
  const [copied, setCopied] = useState<boolean | null>(null)
  const text = `Recovery codes of Vedette at ${window.location.host}\nEach is good once.\n\n${codes.join('\n')}\n`
  return (
    <Stack>
      <p>
        <strong>The second step is on.</strong> If you lose the app, each of these codes lets you in once.
        They are not shown again: keep them where you find them without your phone.
      </p>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap={8}>
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => void copyText(text).then(setCopied)}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveText(text, 'vedette-recovery-codes.txt')}
        >
          Download
        </Button>
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => printText(text)}
        >
          Print
        </Button>
      </Group>
      {copied === false && (
        <Notice tone="degraded">
          This browser does not let the page copy. Select the codes, or download them.
        </Notice>
      )}
      <Checkbox
        label="I have kept them"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!kept} onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  )
}
