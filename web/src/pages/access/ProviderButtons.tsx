import { Button, Divider, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconLogin2 } from '@tabler/icons-react'
import { address } from '@/api/client'
import { offeredQuery } from '@/api/oidc'

/** The other ways in: each leads to a provider and from there back to the wanted page. */
export function ProviderButtons({ next }: { next: string | undefined }) {
  // Without the list the password is the way in, as it is where there is no provider.
  const offered = useQuery(offeredQuery).data ?? []
  if (offered.length === 0) return null
  return (
    <>
      <Divider label="or" />
      <Stack gap="xs">
        {offered.map(({ id, name }) => (
          <Button
            key={id}
            component="a"
            href={address(`/auth/oidc/${id}/start`, { next })}
            variant="default"
            fullWidth
            leftSection={<IconLogin2 size={16} aria-hidden />}
          >
            Sign in with {name}
          </Button>
        ))}
      </Stack>
    </>
  )
}
