import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { demandPerson, firstRun, person, setupNeeded } from './access/guard'
import { holds } from './access/may'
import { ME } from './access/me'
import { Forbidden, needs } from './access/needs'
import { safeNext } from './access/next'
import { ApiError } from './api/client'
import { keys } from './api/queries'
import type { ViewFilter } from './api/watching'
import { togetherSearch, type TogetherSearch } from './pages/playback/together/address'
import { reportSearch, type ReportSearch } from './pages/audit/period'
import { coverageSearch, type CoverageSearch } from './pages/coverage/month'
import { findSearch, type FindSearch } from './pages/recordings/search'
import { pastSearch, viewFilter, type PastSearch } from './pages/watching/search'
import { auditSearch, type AuditSearch } from './pages/audit/search'
import { Frame } from './frame/Frame'
import { NotFound, PageFailure } from './frame/Failures'
import { ADMIN_PAGES } from './frame/pages'
import { marksIn, marksOut } from './player/marks'
import { listSearch, type ListSearch } from './parts/listing/search'

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lookAgain }),
  mutationCache: new MutationCache({ onError: lookAgain }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: again, refetchOnWindowFocus: true },
  },
})

/** Something was withdrawn: the app is to show what there is still to be done, and no more. */
function lookAgain(error: Error): void {
  if (error instanceof ApiError && error.code === 'auth.forbidden')
    for (const queryKey of [ME, keys.cameras]) void queryClient.invalidateQueries({ queryKey })
}

/** Once more, unless the server has said no. */
function again(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof ApiError && error.status >= 400 && error.status < 500)
}

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: PageFailure,
  // For what a page throws; addresses that nobody knows are the last route's.
  notFoundComponent: NotFound,
})

/** Everything but the doors and the first run stands in the frame, for who is logged in. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    const me = await demandPerson(context.queryClient, location.href)
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (await firstRun(context.queryClient, me)) throw redirect({ to: '/welcome' })
    return { me }
  },
  component: Frame,
  errorComponent: PageFailure,
})

export interface WelcomeSearch {
  step?: 'camera'
  /** The volume that was chosen; left out for the default one. */
  volume?: number
}

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: (search): WelcomeSearch => ({
    step: search.step === 'camera' ? 'camera' : undefined,
    volume: Number.isSafeInteger(search.volume) ? (search.volume as number) : undefined,
  }),
  beforeLoad: async ({ context, location }) => {
    const me = await demandPerson(context.queryClient, location.href)
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (!(await firstRun(context.queryClient, me))) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./pages/welcome/WelcomePage'), 'WelcomePage'),
})

/** The first administrator. The token may be behind `#token=` or `?token=`; the page takes it out of the address. */
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (!(await setupNeeded())) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./pages/access/SetupPage'), 'SetupPage'),
})

/** Shared footage, for anybody who has the link. */
const share = createRoute({
  getParentRoute: () => root,
  path: '/share/$token',
  component: lazyRouteComponent(() => import('./pages/share/SharePage'), 'SharePage'),
})

export interface LoginSearch {
  /** The path to go on at. */
  next?: string
  /** Why signing in by a provider failed: a code. */
  error?: string
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): LoginSearch => ({
    next: typeof search.next === 'string' ? search.next : undefined,
    error: typeof search.error === 'string' ? search.error : undefined,
  }),
  beforeLoad: async ({ context, search }) => {
    const me = await person(context.queryClient)
    /* eslint-disable @typescript-eslint/only-throw-error -- the router's way to redirect */
    if (me && !me.user?.must_change_password)
      throw redirect({ href: safeNext(search.next, window.location.origin), replace: true })
    if (!me && (await setupNeeded())) throw redirect({ to: '/setup' })
    /* eslint-enable @typescript-eslint/only-throw-error */
    return { mustChange: me?.user?.username }
  },
  component: lazyRouteComponent(() => import('./pages/access/LoginPage'), 'LoginPage'),
})

const overview = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/OverviewPage'), 'OverviewPage'),
})

export interface LiveSearch {
  /** Id of a saved wall. */
  wall?: string
  page?: number
  /** Slug of the camera that is shown alone. */
  focus?: string
  /** Without anything around it, for a screen that nobody touches. */
  kiosk?: 1
}

const live = createRoute({
  getParentRoute: () => frame,
  path: '/live',
  validateSearch: (search): LiveSearch => ({
    wall: typeof search.wall === 'string' && /^[0-9a-f-]{36}$/i.test(search.wall) ? search.wall : undefined,
    page: typeof search.page === 'number' ? Math.max(0, Math.floor(search.page)) : undefined,
    focus: typeof search.focus === 'string' ? search.focus : undefined,
    kiosk: search.kiosk === 1 || search.kiosk === true ? 1 : undefined,
  }),
  component: lazyRouteComponent(() => import('./pages/live/LivePage'), 'LivePage'),
})

export interface PlaybackSearch extends TogetherSearch {
  /** Slug. */
  camera?: string
  /** RFC 3339. */
  at?: string
  /** The marks of a span, RFC 3339; see `player/marks`. */
  in?: string
  out?: string
  /** It is played again and again. */
  loop?: 1
  /** The picture of the instant stands: a link to a picture. */
  still?: 1
}

const playback = createRoute({
  getParentRoute: () => frame,
  path: '/playback',
  validateSearch: (search): PlaybackSearch => ({
    camera: typeof search.camera === 'string' ? search.camera : undefined,
    // An offset that came through an address: its plus is a blank there.
    at: typeof search.at === 'string' ? search.at.replace(' ', '+') : undefined,
    ...marksOut(marksIn(search)),
    loop: search.loop === 1 || search.loop === true ? 1 : undefined,
    still: search.still === 1 || search.still === true ? 1 : undefined,
    ...togetherSearch(search),
  }),
  component: lazyRouteComponent(() => import('./pages/playback/PlaybackPage'), 'PlaybackPage'),
})

const recordings = createRoute({
  getParentRoute: () => frame,
  path: '/recordings',
  beforeLoad: needs('playback.view'),
  validateSearch: (search): FindSearch => findSearch(search),
  component: lazyRouteComponent(() => import('./pages/recordings/RecordingsPage'), 'RecordingsPage'),
})

const gaps = createRoute({
  getParentRoute: () => frame,
  path: '/recordings/gaps',
  beforeLoad: needs('playback.view'),
  validateSearch: (search): FindSearch => findSearch(search),
  component: lazyRouteComponent(() => import('./pages/recordings/GapsPage'), 'GapsPage'),
})

const coverage = createRoute({
  getParentRoute: () => frame,
  path: '/coverage',
  beforeLoad: needs('playback.view'),
  validateSearch: (search): CoverageSearch => coverageSearch(search),
  component: lazyRouteComponent(() => import('./pages/coverage/CoveragePage'), 'CoveragePage'),
})

const cameras = createRoute({
  getParentRoute: () => frame,
  path: '/cameras',
  component: lazyRouteComponent(() => import('./pages/cameras/CamerasPage'), 'CamerasPage'),
})

const addCamera = createRoute({
  getParentRoute: () => frame,
  path: '/cameras/new',
  beforeLoad: needs('camera.create'),
  component: lazyRouteComponent(() => import('./pages/cameras/CameraNewPage'), 'CameraNewPage'),
})

const camera = createRoute({
  getParentRoute: () => frame,
  path: '/cameras/$slug',
  component: lazyRouteComponent(() => import('./pages/cameras/CameraPage'), 'CameraPage'),
})

const editCamera = createRoute({
  getParentRoute: () => frame,
  path: '/cameras/$slug/edit',
  component: lazyRouteComponent(() => import('./pages/cameras/CameraEditPage'), 'CameraEditPage'),
})

const storage = createRoute({
  getParentRoute: () => frame,
  path: '/storage',
  beforeLoad: needs('storage.view'),
  component: lazyRouteComponent(() => import('./pages/storage/StoragePage'), 'StoragePage'),
})

const system = createRoute({
  getParentRoute: () => frame,
  path: '/system',
  beforeLoad: needs('system.view'),
  component: lazyRouteComponent(() => import('./pages/system/SystemPage'), 'SystemPage'),
})

const providers = createRoute({
  getParentRoute: () => frame,
  path: '/admin/sign-in',
  beforeLoad: needs('user.manage'),
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./pages/signin/ProvidersPage'), 'ProvidersPage'),
})

const addProvider = createRoute({
  getParentRoute: () => frame,
  path: '/admin/sign-in/new',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/signin/ProviderNewPage'), 'ProviderNewPage'),
})

const provider = createRoute({
  getParentRoute: () => frame,
  path: '/admin/sign-in/$id',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/signin/ProviderPage'), 'ProviderPage'),
})

const profile = createRoute({
  getParentRoute: () => frame,
  path: '/profile',
  component: lazyRouteComponent(() => import('./pages/profile/ProfilePage'), 'ProfilePage'),
})

/** Leads to the first page of the administration that one may see. */
const admin = createRoute({
  getParentRoute: () => frame,
  path: '/admin',
  beforeLoad: ({ context }) => {
    const first = ADMIN_PAGES.find(({ needs }) => needs.some((one) => holds(context.me, one)))
    if (!first) throw new Forbidden('user.manage')
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ href: first.to })
  },
})

const users = createRoute({
  getParentRoute: () => frame,
  path: '/admin/users',
  beforeLoad: needs('user.manage'),
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./pages/users/UsersPage'), 'UsersPage'),
})

const addUser = createRoute({
  getParentRoute: () => frame,
  path: '/admin/users/new',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/users/UserNewPage'), 'UserNewPage'),
})

const user = createRoute({
  getParentRoute: () => frame,
  path: '/admin/users/$id',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/users/UserPage'), 'UserPage'),
})

const groups = createRoute({
  getParentRoute: () => frame,
  path: '/admin/groups',
  beforeLoad: needs('user.manage'),
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./pages/groups/GroupsPage'), 'GroupsPage'),
})

const addGroup = createRoute({
  getParentRoute: () => frame,
  path: '/admin/groups/new',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/groups/GroupPage'), 'GroupNewPage'),
})

const group = createRoute({
  getParentRoute: () => frame,
  path: '/admin/groups/$id',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/groups/GroupPage'), 'GroupPage'),
})

export interface RolesSearch {
  /** The role whose people are shown. */
  role?: string
}

const roles = createRoute({
  getParentRoute: () => frame,
  path: '/admin/roles',
  beforeLoad: needs('user.manage'),
  validateSearch: (search): RolesSearch => (typeof search.role === 'string' ? { role: search.role } : {}),
  component: lazyRouteComponent(() => import('./pages/roles/RolesPage'), 'RolesPage'),
})

const zones = createRoute({
  getParentRoute: () => frame,
  path: '/admin/zones',
  beforeLoad: needs('user.manage'),
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./pages/zones/ZonesPage'), 'ZonesPage'),
})

const addZone = createRoute({
  getParentRoute: () => frame,
  path: '/admin/zones/new',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/zones/ZonePage'), 'ZoneNewPage'),
})

const zone = createRoute({
  getParentRoute: () => frame,
  path: '/admin/zones/$id',
  beforeLoad: needs('user.manage'),
  component: lazyRouteComponent(() => import('./pages/zones/ZonePage'), 'ZonePage'),
})

export interface TokensSearch extends ListSearch {
  /** One's own only. */
  own?: boolean
  /** Also those that were revoked. */
  revoked?: boolean
  /** The token that is open. */
  token?: string
}

const tokens = createRoute({
  getParentRoute: () => frame,
  path: '/admin/tokens',
  validateSearch: (search): TokensSearch => ({
    ...listSearch(search),
    ...(search.own === true ? { own: true } : {}),
    ...(search.revoked === true ? { revoked: true } : {}),
    ...(typeof search.token === 'string' ? { token: search.token } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/tokens/TokensPage'), 'TokensPage'),
})

interface NewTokenSearch {
  /** Its id: the token is to watch this one. */
  camera?: string
}

const addToken = createRoute({
  getParentRoute: () => frame,
  path: '/admin/tokens/new',
  validateSearch: (search): NewTokenSearch => ({
    ...(typeof search.camera === 'string' ? { camera: search.camera } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/tokens/TokenNewPage'), 'TokenNewPage'),
})

const editToken = createRoute({
  getParentRoute: () => frame,
  path: '/admin/tokens/$id',
  component: lazyRouteComponent(() => import('./pages/tokens/TokenEditPage'), 'TokenEditPage'),
})

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/admin/audit',
  beforeLoad: needs('audit.view'),
  validateSearch: (search): AuditSearch => auditSearch(search),
  component: lazyRouteComponent(() => import('./pages/audit/AuditPage'), 'AuditPage'),
})

const auditReport = createRoute({
  getParentRoute: () => frame,
  path: '/admin/audit/report',
  beforeLoad: needs('audit.view'),
  validateSearch: (search): ReportSearch => reportSearch(search),
  component: lazyRouteComponent(() => import('./pages/audit/ReportPage'), 'ReportPage'),
})

/** Everybody may see their own views. */
const watching = createRoute({
  getParentRoute: () => frame,
  path: '/admin/watching',
  validateSearch: (search): ViewFilter => viewFilter(search),
  component: lazyRouteComponent(() => import('./pages/watching/WatchingPage'), 'WatchingPage'),
})

const watchingHistory = createRoute({
  getParentRoute: () => frame,
  path: '/admin/watching/history',
  validateSearch: (search): PastSearch => pastSearch(search),
  component: lazyRouteComponent(() => import('./pages/watching/HistoryPage'), 'HistoryPage'),
})

const unknown = createRoute({ getParentRoute: () => frame, path: '$', component: NotFound })

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    login,
    share,
    welcome,
    frame.addChildren([
      overview,
      live,
      playback,
      recordings,
      gaps,
      coverage,
      cameras,
      addCamera,
      camera,
      editCamera,
      storage,
      system,
      providers,
      addProvider,
      provider,
      profile,
      admin,
      users,
      addUser,
      user,
      groups,
      addGroup,
      group,
      roles,
      zones,
      addZone,
      zone,
      tokens,
      addToken,
      editToken,
      watching,
      watchingHistory,
      audit,
      auditReport,
      unknown,
    ]),
  ]),
  context: { queryClient },
  // In the place of the page, within the frame.
  defaultErrorComponent: PageFailure,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
