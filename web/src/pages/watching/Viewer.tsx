import { Link } from '@tanstack/react-router'
import { useAccess } from '@/access/useAccess'
import type { LiveView, PastView } from '@/api/watching'
import { Chip } from '@/parts/Chip'
import table from '@/parts/DataTable.module.css'

/** Who watches or watched, with what and from where. */
export function Viewer({ view }: { view: LiveView | PastView }) {
  const { may } = useAccess()
  const { id, name, token_name: token } = view.viewer
  return (
    <>
      {id !== null && may('user.manage') ? (
        <Link to="/admin/users/$id" params={{ id }} className={table.main}>
          {name}
        </Link>
      ) : (
        <span className={table.main}>{name || 'Somebody with a link'}</span>
      )}{' '}
      {'mine' in view && view.mine && <Chip>you</Chip>}
      <div className="meta">
        {[token && `token ${token}`, view.agent, view.address].filter(Boolean).join(', ')}
      </div>
    </>
  )
}
