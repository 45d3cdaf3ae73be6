import { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { systemQuery } from './api/queries'
import { LAYOUTS, type Layout } from './pages/live/grid'
import { Frame } from './frame/Frame'
import { NotFound, PageFailure } from './frame/Failures'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: 1, refetchOnWindowFocus: true },
  },
})

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: PageFailure,
  notFoundComponent: () => (
    <Frame>
      <NotFound />
    </Frame>
  ),
})

/** Everything but the first run stands in the frame, and sends a new installation to the first run. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ context }) => {
    const system = await context.queryClient.query({ ...systemQuery, staleTime: 'static' })
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (system.first_run) throw redirect({ to: '/welcome' })
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
  beforeLoad: async ({ context }) => {
    const system = await context.queryClient.query({ ...systemQuery, staleTime: 'static' })
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (!system.first_run) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./pages/welcome/WelcomePage'), 'WelcomePage'),
})

const overview = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/OverviewPage'), 'OverviewPage'),
})

export interface LiveSearch {
  layout?: Layout
  page?: number
  /** Slug of the camera that is shown alone. */
  focus?: string
}

const live = createRoute({
  getParentRoute: () => frame,
  path: '/live',
  validateSearch: (search): LiveSearch => ({
    layout: LAYOUTS.find((layout) => layout === String(search.layout)),
    page: typeof search.page === 'number' ? Math.max(0, Math.floor(search.page)) : undefined,
    focus: typeof search.focus === 'string' ? search.focus : undefined,
  }),
  component: lazyRouteComponent(() => import('./pages/live/LivePage'), 'LivePage'),
})

export interface PlaybackSearch {
  /** Slug. */
  camera?: string
  /** RFC 3339. */
  at?: string
}

const playback = createRoute({
  getParentRoute: () => frame,
  path: '/playback',
  validateSearch: (search): PlaybackSearch => ({
    camera: typeof search.camera === 'string' ? search.camera : undefined,
    at: typeof search.at === 'string' ? search.at : undefined,
  }),
  component: lazyRouteComponent(() => import('./pages/playback/PlaybackPage'), 'PlaybackPage'),
})

const cameras = createRoute({
  getParentRoute: () => frame,
  path: '/cameras',
  component: lazyRouteComponent(() => import('./pages/cameras/CamerasPage'), 'CamerasPage'),
})

const addCamera = createRoute({
  getParentRoute: () => frame,
  path: '/cameras/new',
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
  component: lazyRouteComponent(() => import('./pages/storage/StoragePage'), 'StoragePage'),
})

const system = createRoute({
  getParentRoute: () => frame,
  path: '/system',
  component: lazyRouteComponent(() => import('./pages/system/SystemPage'), 'SystemPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    welcome,
    frame.addChildren([overview, live, playback, cameras, addCamera, camera, editCamera, storage, system]),
  ]),
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
