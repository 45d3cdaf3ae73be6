// Written by `npm run api`. Don't edit.
export interface paths {
    "/api/v1/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cameras
         * @description Cameras by name, with what their streams are doing.
         */
        get: operations["list_cameras"];
        put?: never;
        /**
         * Add a camera
         * @description A name and an address are enough. Recording begins at once unless `recording_mode` says otherwise.
         */
        post: operations["create_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One camera
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_camera"];
        /**
         * Replace a camera's settings
         * @description What is left out gets its default; only user and password stay when left out, unless the host changes.
         */
        put: operations["replace_camera"];
        post?: never;
        /**
         * Remove a camera
         * @description Recording ends at once and the stored user and password are forgotten.
         */
        delete: operations["delete_camera"];
        options?: never;
        head?: never;
        /**
         * Change some of a camera's settings
         * @description What is left out stays as it is.
         */
        patch: operations["update_camera"];
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/recording/auto": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Follow the recording mode again
         * @description Ends what `start` or `stop` began.
         */
        post: operations["follow_recording_mode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/recording/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record, whatever the mode says
         * @description Until `stop` or `auto`.
         */
        post: operations["start_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/recording/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a camera is recorded
         * @description What is wanted, and what the streams do.
         */
        get: operations["get_recording_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/recording/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do not record, whatever the mode says
         * @description Until `start` or `auto`. The missing time is a gap with the cause `stopped`.
         */
        post: operations["stop_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playback/{camera}/at": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which footage shows an instant
         * @description In a gap it says why, and where footage goes on.
         */
        get: operations["instant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playback/{camera}/index.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Playlist of a span
         * @description HLS with byte ranges of the recorded files. Gaps are skipped; while the end lies in the future it is an EVENT
         *     playlist that grows with the recording.
         */
        get: operations["playlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playback/{camera}/init/{digest}.mp4": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Initialisation of a playlist
         * @description The same bytes for ever: the name is their hash.
         */
        get: operations["init"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playback/segments/{segment_id}.mp4": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bytes of a segment
         * @description Whole or a range. A closed segment never changes; an open one is served as far as it is.
         */
        get: operations["segment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This server
         * @description Version, time zone, recorders and warnings.
         */
        get: operations["get_system"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add simulated cameras
         * @description They are served by the simulator, which runs as long as there are simulated cameras.
         */
        post: operations["add_demo_cameras"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The site's preferences
         * @description The time zone is the machine's until it is set.
         */
        get: operations["get_preferences"];
        /**
         * Set the site's preferences
         * @description All of them at once.
         */
        put: operations["set_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/setup/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the first run
         * @description The wizard is not shown again, even without a camera.
         */
        post: operations["finish_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process lives
         * @description Always ok: who does not get this answer should restart the process.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether Vedette can serve
         * @description The database answers, its schema is this version's, and a recorder is connected; 503 when one of them fails.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Alive
         * @description The process answers.
         */
        Alive: {
            /**
             * Status
             * @default ok
             * @constant
             */
            status: "ok";
        };
        /**
         * Bind
         * @description Where the server listens.
         */
        Bind: {
            /** Host */
            host: string;
            /** Loopback Only */
            loopback_only: boolean;
            /** Port */
            port: number;
        };
        /**
         * Camera
         * @description A camera with its streams and what they are doing.
         */
        Camera: {
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Enabled */
            enabled: boolean;
            /** Has Credentials */
            has_credentials: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Keep Bytes */
            keep_bytes: number | null;
            /** Keep Days */
            keep_days: number | null;
            /** Name */
            name: string;
            /** Notes */
            notes: string;
            /**
             * Recording Mode
             * @enum {string}
             */
            recording_mode: "continuous" | "schedule" | "manual" | "off";
            /** Recording Override */
            recording_override: ("start" | "stop") | null;
            schedule: components["schemas"]["ScheduleOut"] | null;
            /** Segment Minutes */
            segment_minutes: number;
            /** Simulated */
            simulated: boolean;
            /**
             * Slug
             * @description Name of its directory on a volume. It stays when the camera is renamed.
             */
            slug: string;
            status: components["schemas"]["CameraStatus"];
            /** Streams */
            streams: components["schemas"]["StreamOut"][];
            /**
             * Updated At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            updated_at: string;
            /** Volume Id */
            volume_id: number | null;
        };
        /**
         * CameraCreate
         * @description A new camera.
         */
        CameraCreate: {
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /**
             * Engine
             * @description `auto` tries the native RTSP client, then libav.
             * @default auto
             * @enum {string}
             */
            engine: "auto" | "native" | "libav";
            /** Keep Bytes */
            keep_bytes?: number | null;
            /**
             * Keep Days
             * @description Null: as long as there is room.
             */
            keep_days?: number | null;
            /** Name */
            name: string;
            /**
             * Notes
             * @default
             */
            notes: string;
            /**
             * Password
             * @description Never returned.
             */
            password?: string | null;
            /**
             * Record
             * @description Whether the main stream is recorded; else it is only shown live.
             * @default true
             */
            record: boolean;
            /**
             * Record Sub
             * @default true
             */
            record_sub: boolean;
            /**
             * Recording Mode
             * @default continuous
             * @enum {string}
             */
            recording_mode: "continuous" | "schedule" | "manual" | "off";
            /** @description Needed by the recording mode `schedule`. */
            schedule?: components["schemas"]["Schedule"] | null;
            /**
             * Segment Minutes
             * @default 15
             */
            segment_minutes: number;
            /**
             * Sub Engine
             * @default auto
             * @enum {string}
             */
            sub_engine: "auto" | "native" | "libav";
            /**
             * Sub Url
             * @description Address of a second, smaller stream.
             */
            sub_url?: string | null;
            /**
             * Url
             * @description Address of the main stream. A user and password in it are taken out and sealed.
             * @example rtsp://192.168.1.20/stream1
             */
            url: string;
            /** Username */
            username?: string | null;
            /**
             * Volume Id
             * @description Null: the default volume.
             */
            volume_id?: number | null;
        };
        /**
         * CameraPatch
         * @description The settings to change. Null removes what can be absent: sub_url, username, password, schedule, keep_days,
         *     keep_bytes, volume_id.
         */
        CameraPatch: {
            /** Enabled */
            enabled?: boolean | null;
            /** Engine */
            engine?: ("auto" | "native" | "libav") | null;
            /** Keep Bytes */
            keep_bytes?: number | null;
            /** Keep Days */
            keep_days?: number | null;
            /** Name */
            name?: string | null;
            /** Notes */
            notes?: string | null;
            /** Password */
            password?: string | null;
            /** Record */
            record?: boolean | null;
            /** Record Sub */
            record_sub?: boolean | null;
            /** Recording Mode */
            recording_mode?: ("continuous" | "schedule" | "manual" | "off") | null;
            schedule?: components["schemas"]["Schedule"] | null;
            /** Segment Minutes */
            segment_minutes?: number | null;
            /** Sub Engine */
            sub_engine?: ("auto" | "native" | "libav") | null;
            /** Sub Url */
            sub_url?: string | null;
            /** Url */
            url?: string | null;
            /** Username */
            username?: string | null;
            /** Volume Id */
            volume_id?: number | null;
        };
        /**
         * CameraReplace
         * @description All settings of a camera. `username` and `password` left out keep the stored ones, null removes them.
         */
        CameraReplace: {
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /**
             * Engine
             * @description `auto` tries the native RTSP client, then libav.
             * @default auto
             * @enum {string}
             */
            engine: "auto" | "native" | "libav";
            /** Keep Bytes */
            keep_bytes?: number | null;
            /**
             * Keep Days
             * @description Null: as long as there is room.
             */
            keep_days?: number | null;
            /** Name */
            name: string;
            /**
             * Notes
             * @default
             */
            notes: string;
            /**
             * Password
             * @description Never returned.
             */
            password?: string | null;
            /**
             * Record
             * @description Whether the main stream is recorded; else it is only shown live.
             * @default true
             */
            record: boolean;
            /**
             * Record Sub
             * @default true
             */
            record_sub: boolean;
            /**
             * Recording Mode
             * @default continuous
             * @enum {string}
             */
            recording_mode: "continuous" | "schedule" | "manual" | "off";
            /** @description Needed by the recording mode `schedule`. */
            schedule?: components["schemas"]["Schedule"] | null;
            /**
             * Segment Minutes
             * @default 15
             */
            segment_minutes: number;
            /**
             * Sub Engine
             * @default auto
             * @enum {string}
             */
            sub_engine: "auto" | "native" | "libav";
            /**
             * Sub Url
             * @description Address of a second, smaller stream.
             */
            sub_url?: string | null;
            /**
             * Url
             * @description Address of the main stream. A user and password in it are taken out and sealed.
             * @example rtsp://192.168.1.20/stream1
             */
            url: string;
            /** Username */
            username?: string | null;
            /**
             * Volume Id
             * @description Null: the default volume.
             */
            volume_id?: number | null;
        };
        /**
         * CameraStatus
         * @description Both streams' states; null where the camera has no such stream.
         */
        CameraStatus: {
            main: components["schemas"]["StreamStatusOut"] | null;
            sub: components["schemas"]["StreamStatusOut"] | null;
        };
        /**
         * Check
         * @description One thing that must be so. `detail` says what to do when it is not.
         */
        Check: {
            /**
             * Detail
             * @default
             */
            detail: string;
            /** Name */
            name: string;
            /** Ok */
            ok: boolean;
        };
        /**
         * Demo
         * @description How many simulated cameras to add.
         */
        Demo: {
            /** Count */
            count: number;
        };
        /**
         * DemoMade
         * @description The cameras that were added.
         */
        DemoMade: {
            /** Items */
            items: components["schemas"]["Camera"][];
        };
        /**
         * FieldProblem
         * @description One bad input. `field` is a dotted path in the body, or the name of the parameter.
         */
        FieldProblem: {
            /** Code */
            code: string;
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /**
         * GapOut
         * @description A span without footage, and why.
         */
        GapOut: {
            /** Cause */
            cause: string;
            /** Detail */
            detail: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
        };
        /**
         * InstantFootage
         * @description Which footage shows an instant; in a gap, where it goes on.
         */
        InstantFootage: {
            /**
             * At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            at: string;
            gap: components["schemas"]["GapOut"] | null;
            /**
             * Key Frame At
             * @description The key frame from which the instant is decoded.
             */
            key_frame_at: string | null;
            /**
             * Next Footage At
             * @description In a gap: where footage goes on, null when it has not yet.
             */
            next_footage_at: string | null;
            /**
             * Segment Id
             * @description Null in a gap.
             */
            segment_id: string | null;
            /**
             * Start
             * @description Where that segment begins.
             */
            start: string | null;
        };
        /** Page[Camera] */
        Page_Camera_: {
            /** Items */
            items: components["schemas"]["Camera"][];
            /** Next */
            next: string | null;
        };
        /**
         * Preferences
         * @description What holds for the whole site.
         */
        Preferences: {
            /**
             * Keep Days
             * @description For new cameras that do not say.
             */
            keep_days?: number | null;
            /**
             * Theme
             * @default dark
             * @enum {string}
             */
            theme: "dark" | "light" | "auto";
            /**
             * Timezone
             * @description Name of the time zone database.
             * @example Europe/Vienna
             */
            timezone: string;
        };
        /**
         * Problem
         * @description What went wrong, for a program (`code`) and for a person (`detail`).
         */
        Problem: {
            /**
             * Code
             * @description Stable and dotted, as `camera.not_found`.
             */
            code: string;
            /**
             * Detail
             * @description What happened, to what, and what to do.
             */
            detail: string;
            /**
             * Errors
             * @description Every bad input, when there are several.
             */
            errors?: components["schemas"]["FieldProblem"][];
            /**
             * Field
             * @description The bad input, where there is one.
             */
            field?: string | null;
            /** Status */
            status: number;
            /**
             * Title
             * @description The phrase of the status code.
             */
            title: string;
            /**
             * Type
             * @description Always about:blank: `code` tells problems apart.
             * @default about:blank
             */
            type: string;
        };
        /**
         * Readiness
         * @description Whether everything is there to serve and record.
         */
        Readiness: {
            /** Checks */
            checks: components["schemas"]["Check"][];
            /**
             * Status
             * @enum {string}
             */
            status: "ready" | "not_ready";
        };
        /**
         * RecorderOut
         * @description One recorder process.
         */
        RecorderOut: {
            /** Connected */
            connected: boolean;
            /** Name */
            name: string;
            /** Pid */
            pid: number | null;
        };
        /**
         * RecordingStatus
         * @description Whether a camera is to be recorded now, and what its streams do.
         */
        RecordingStatus: {
            /**
             * Mode
             * @enum {string}
             */
            mode: "continuous" | "schedule" | "manual" | "off";
            /** Override */
            override: ("start" | "stop") | null;
            /**
             * Reason
             * @description Why it is not wanted, in a sentence.
             */
            reason: string;
            /** Streams */
            streams: components["schemas"]["StreamStatusOut"][];
            /**
             * Wanted
             * @description Whether mode, schedule and override ask for recording at this moment.
             */
            wanted: boolean;
        };
        /**
         * Schedule
         * @description When to record: for each day of the week, Monday first, spans of local time. `["22:00", "06:00"]` goes on into
         *     the next day.
         */
        Schedule: {
            /**
             * Timezone
             * @example Europe/Vienna
             */
            timezone: string;
            /**
             * Week
             * @example [
             *       [
             *         [
             *           "08:00",
             *           "18:00"
             *         ]
             *       ],
             *       [
             *         [
             *           "08:00",
             *           "18:00"
             *         ]
             *       ],
             *       [
             *         [
             *           "08:00",
             *           "18:00"
             *         ]
             *       ],
             *       [
             *         [
             *           "08:00",
             *           "18:00"
             *         ]
             *       ],
             *       [
             *         [
             *           "08:00",
             *           "18:00"
             *         ]
             *       ],
             *       [],
             *       []
             *     ]
             */
            week: [
                string,
                string
            ][][];
        };
        /**
         * ScheduleOut
         * @description A stored schedule as it is: also one whose time zone this machine does not know (any more).
         */
        ScheduleOut: {
            /** Timezone */
            timezone: string;
            /** Week */
            week: [
                string,
                string
            ][][];
        };
        /**
         * StreamOut
         * @description One stream of a camera.
         */
        StreamOut: {
            /**
             * Engine
             * @enum {string}
             */
            engine: "auto" | "native" | "libav";
            /**
             * Fallback
             * @description Why `auto` uses libav for this source.
             */
            fallback: string | null;
            /** Id */
            id: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "main" | "sub";
            /** Record */
            record: boolean;
            /**
             * Url
             * @description Without credentials; secret parameters are masked.
             */
            url: string;
        };
        /**
         * StreamStatusOut
         * @description What a stream is doing, as its recorder says. `unknown`: no recorder has spoken of it yet.
         */
        StreamStatusOut: {
            /** Audio Codec */
            audio_codec?: string | null;
            /**
             * Bitrate
             * @description Bits per second.
             * @default 0
             */
            bitrate: number;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Cause
             * @default
             */
            cause: string;
            /** Clock Offset Ms */
            clock_offset_ms?: number | null;
            /**
             * Detail
             * @default
             */
            detail: string;
            /** Drift Ppm */
            drift_ppm?: number | null;
            /**
             * Engine
             * @default
             */
            engine: string;
            /**
             * Fps
             * @default 0
             */
            fps: number;
            /** Height */
            height?: number | null;
            /**
             * Jitter Ms
             * @default 0
             */
            jitter_ms: number;
            /** Key Interval S */
            key_interval_s?: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "main" | "sub";
            /**
             * Last Error
             * @default
             */
            last_error: string;
            /** Last Frame At */
            last_frame_at?: string | null;
            /**
             * Lost Packets
             * @default 0
             */
            lost_packets: number;
            /**
             * Reconnects
             * @default 0
             */
            reconnects: number;
            /** Retry At */
            retry_at?: string | null;
            /** Run Id */
            run_id?: string | null;
            /**
             * Since
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            since: string;
            /**
             * State
             * @description connecting, recording, live, waiting, blocked, stopped or unknown
             */
            state: string;
            /** Stream Id */
            stream_id: number;
            /** Video Codec */
            video_codec?: string | null;
            /** Width */
            width?: number | null;
        };
        /**
         * System
         * @description This server.
         */
        System: {
            bind: components["schemas"]["Bind"];
            /**
             * First Run
             * @description Nothing was set up yet: the UI shows its wizard.
             */
            first_run: boolean;
            /** Node */
            node: string;
            /** Recorders */
            recorders: components["schemas"]["RecorderOut"][];
            /** Timezone */
            timezone: string;
            /** Uptime S */
            uptime_s: number;
            /** Version */
            version: string;
            /** Warnings */
            warnings: components["schemas"]["Warning_"][];
        };
        /**
         * Warning_
         * @description Something that works but should be known.
         */
        Warning_: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_cameras: {
        parameters: {
            query?: {
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description At most this many items. */
                limit?: number;
                /** @description Only cameras with this in name, slug or notes. */
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Camera_"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_camera: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_camera: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_camera: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraReplace"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_camera: {
        parameters: {
            query?: {
                /** @description Keep the footage until it ages out, or delete it (but for holds). */
                footage?: "keep" | "delete";
            };
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_camera: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_recording_mode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingStatus"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingStatus"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_recording_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingStatus"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingStatus"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    instant: {
        parameters: {
            query: {
                /** @description `sub` gives the main stream where there is no sub-stream. */
                stream?: "main" | "sub";
                t: string;
            };
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstantFootage"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    playlist: {
        parameters: {
            query: {
                /** @description At most 31 days after the start; by default an hour. */
                end?: string | null;
                start: string;
                /** @description `sub` gives the main stream where there is no sub-stream. */
                stream?: "main" | "sub";
            };
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apple.mpegurl": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    init: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fragmented MP4. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                segment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fragmented MP4. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": unknown;
                };
            };
            /** @description Fragmented MP4. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Requested Range Not Satisfiable */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_system: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_demo_cameras: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Demo"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoMade"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Preferences"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description The input is refused; `field` and `errors` say why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alive"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Any other failure. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
