import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { verifyAudit, type AuditVerdict } from '@/api/audit'
import { CopyField } from '@/parts/CopyField'
import { LinkButton } from '@/parts/links'
import { Failure, Notice } from '@/parts/Notice'
import { count } from '@/words/format'

/** Whether the log is what was written: every entry is looked at, and on request a hash that was noted earlier. */
export function Verify() {
  const [opened, setOpened] = useState(false)
  const [noted, setNoted] = useState('')
  const checking = useMutation({ mutationFn: () => verifyAudit(noted.trim().toLowerCase() || null) })
  const wrong = noted.trim() !== '' && !/^[0-9a-f]{64}$/i.test(noted.trim())
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        onClick={() => {
          setOpened(true)
          checking.mutate()
        }}
      >
        Verify
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Is the log what was written?" size="lg">
        <Stack>
          <p>
            Each entry carries a hash over itself and the one before. All of them are computed anew: a
            changed, moved or missing entry shows.
          </p>
          <div aria-live="polite">
            {checking.isPending && <Notice title="Reading every entry…">About a second for 50,000.</Notice>}
            {checking.error && <Failure error={checking.error} onRetry={() => checking.mutate()} />}
            {checking.data && <Verdict verdict={checking.data} onFollow={() => setOpened(false)} />}
          </div>
          {checking.data?.intact && (
            <CopyField label="Hash of the newest entry: note it elsewhere" value={checking.data.hash} />
          )}
          <TextInput
            label="A hash that was noted earlier"
            description="Shows also whether somebody with all rights on the database wrote the whole log anew."
            value={noted}
            error={wrong ? 'A hash has 64 characters, 0–9 and a–f.' : undefined}
            onChange={(event) => setNoted(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpened(false)}>
              Close
            </Button>
            <Button loading={checking.isPending} disabled={wrong} onClick={() => checking.mutate()}>
              Verify again
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

function Verdict({ verdict, onFollow }: { verdict: AuditVerdict; onFollow: () => void }) {
  if (verdict.intact)
    return (
      <Notice title={`Intact: ${count(verdict.entries, 'entry', 'entries')} as they were written.`}>
        {verdict.explanation}
      </Notice>
    )
  return (
    <Notice
      tone="danger"
      title="The log is not what was written."
      action={
        verdict.row_id ? (
          <LinkButton
            to="/admin/audit"
            search={{ entry: verdict.row_id }}
            variant="default"
            onClick={onFollow}
          >
            Entry {verdict.row_id}
          </LinkButton>
        ) : undefined
      }
    >
      {verdict.explanation}
    </Notice>
  )
}
