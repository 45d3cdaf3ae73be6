// Written by `npm run api`. Don't edit.
export interface paths {
    "/api/v1/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which days have footage
         * @description Every day of a month.
         */
        get: operations["get_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/api/v1/cameras/{camera}": {
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
    "/api/v1/cameras/{camera}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A stream's health over time
         * @description Points of one, five or thirty minutes over an hour, a day or a week.
         */
        get: operations["get_camera_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera}/recording/auto": {
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
    "/api/v1/cameras/{camera}/recording/start": {
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
    "/api/v1/cameras/{camera}/recording/status": {
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
    "/api/v1/cameras/{camera}/recording/stop": {
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
    "/api/v1/cameras/{camera}/snapshot.jpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One picture
         * @description The newest key frame, or the one that was shown at an instant. `X-Captured-At` says when it was taken.
         */
        get: operations["snapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a camera as it is saved
         * @description Opens a second connection beside the recorder's; some cameras allow only one.
         */
        post: operations["probe_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an address before adding it
         * @description Connects, watches for some seconds, and says what is there. A camera that does not work is an answer too.
         */
        post: operations["probe_address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is recorded of a span
         * @description Recorded spans, and gaps with their causes, up to this moment.
         */
        get: operations["get_coverage"];
        put?: never;
        post?: never;
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
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List recordings
         * @description Newest first.
         */
        get: operations["list_recordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One recording
         * @description Its row in the index.
         */
        get: operations["get_recording"];
        put?: never;
        post?: never;
        /**
         * Delete a recording
         * @description Refused while it is being written or held. A gap stays in its place and says that a person deleted it.
         */
        delete: operations["delete_recording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a recording
         * @description As a file named after the camera and the local time of its start. Can be resumed once it is closed; one that is
         *     still written is a plain MP4 as far as it is, whose time begins at 0.
         */
        get: operations["download_recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording_id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play a recording
         * @description The file with ranges, for players that take plain MP4. An open one is fragmented MP4 as far as it is.
         */
        get: operations["stream_recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/removed-cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List removed cameras
         * @description The last removed first, until some time after their last footage is gone; `/storage/stats` says what each has.
         */
        get: operations["list_removed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/removed-cameras/{camera_id}/footage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete the footage of a removed camera
         * @description All of it, within seconds, but for what is held. Asking again changes nothing.
         */
        delete: operations["delete_footage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What footage takes
         * @description Exact, in all and per camera and volume.
         */
        get: operations["stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/volumes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List volumes
         * @description The oldest first, with their states of this moment.
         */
        get: operations["list_volumes"];
        put?: never;
        /**
         * Add a volume
         * @description An empty or new directory, or with `create` false one that is a volume already.
         */
        post: operations["add_volume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/volumes/{volume_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a volume
         * @description Only one without footage that no camera records to; the last one stays.
         */
        delete: operations["remove_volume"];
        options?: never;
        head?: never;
        /**
         * Change a volume
         * @description Its name and what retention keeps. What is left out stays as it is.
         */
        patch: operations["change_volume"];
        trace?: never;
    };
    "/api/v1/storage/volumes/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a directory
         * @description Whether it could become a volume, and what its free space is worth.
         */
        post: operations["check_location"];
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
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description The text format of Prometheus.
         */
        get: operations["get_metrics"];
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
         * AudioReport
         * @description The sound that would be recorded.
         */
        AudioReport: {
            /** Channels */
            channels: number;
            /** Codec */
            codec: string;
            /** Sample Rate */
            sample_rate: number;
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
         * Calendar
         * @description How much of each day of a month is recorded.
         */
        Calendar: {
            /** Days */
            days: components["schemas"]["CalendarDay"][];
            /** Month */
            month: string;
            /** Timezone */
            timezone: string;
        };
        /**
         * CalendarDay
         * @description One day.
         */
        CalendarDay: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /**
             * Due Ms
             * @description What should have been recorded: passed, since the camera was added, and not off by its plan.
             */
            due_ms: number;
            /**
             * Percent
             * @description `recorded_ms` of `due_ms`; null where nothing is due.
             */
            percent: number | null;
            /** Recorded Ms */
            recorded_ms: number;
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
         * CameraCoverage
         * @description What is recorded of one camera. Spans and gaps are disjoint and in order, in milliseconds since 1970.
         */
        CameraCoverage: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Due Ms
             * @description What should have been recorded: passed, since the camera was added, and not off by its plan.
             */
            due_ms: number;
            /** Gaps */
            gaps: components["schemas"]["Gap"][];
            /**
             * Percent
             * @description `recorded_ms` of `due_ms`; null where nothing is due.
             */
            percent: number | null;
            /** Recorded Ms */
            recorded_ms: number;
            /** Spans */
            spans: [
                number,
                number
            ][];
            /** Stream */
            stream: string;
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
             * @description Whether the sub-stream is recorded too; else it is only shown live.
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
             * @description Whether the sub-stream is recorded too; else it is only shown live.
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
         * CameraUsage
         * @description The share of one camera, also of a deleted one whose footage is still there.
         */
        CameraUsage: {
            /** Bytes */
            bytes: number;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Files */
            files: number;
            /** Newest */
            newest: string | null;
            /** Oldest */
            oldest: string | null;
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
         * Coverage
         * @description What is recorded of several cameras, in the order asked.
         */
        Coverage: {
            /** Cameras */
            cameras: components["schemas"]["CameraCoverage"][];
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
         * Gap
         * @description A span without footage, and why.
         */
        Gap: {
            /** Cause */
            cause: string;
            /** Detail */
            detail: string;
            /** End Ms */
            end_ms: number;
            /** Start Ms */
            start_ms: number;
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
         * HealthPointOut
         * @description One point of the charts; `at` is where it begins.
         */
        HealthPointOut: {
            /**
             * At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            at: string;
            /**
             * Bitrate
             * @description Bits per second.
             */
            bitrate: number;
            /** Clock Offset Ms */
            clock_offset_ms: number | null;
            /** Connected S */
            connected_s: number;
            /** Drift Ppm */
            drift_ppm: number | null;
            /** Fps */
            fps: number;
            /** Jitter Ms */
            jitter_ms: number;
            /** Key Interval S */
            key_interval_s: number | null;
            /** Lost Packets */
            lost_packets: number;
            /** Reconnects */
            reconnects: number;
        };
        /**
         * HealthRange
         * @description How far back.
         * @enum {string}
         */
        HealthRange: "hour" | "day" | "week";
        /**
         * HealthSeries
         * @description A stream's health. Times without a point are times without a recorder.
         */
        HealthSeries: {
            /** Points */
            points: components["schemas"]["HealthPointOut"][];
            /**
             * Step S
             * @description Length of one point.
             */
            step_s: number;
            /**
             * Stream
             * @enum {string}
             */
            stream: "main" | "sub";
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
             * Pending
             * @description Not recorded yet: in the future, or so young that it is still on its way.
             */
            pending: boolean;
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
        /**
         * LocationAsked
         * @description A directory to look at.
         */
        LocationAsked: {
            /** Location */
            location: string;
        };
        /**
         * LocationChecked
         * @description What a directory would be good for. Nothing was made or written but a probe that is gone again.
         */
        LocationChecked: {
            /**
             * Days At 4Mbps
             * @description How long one camera of 4 Mb/s takes to fill the room.
             */
            days_at_4mbps: number | null;
            /** Exists */
            exists: boolean;
            /** Free Bytes */
            free_bytes: number | null;
            /**
             * Marker
             * @description Set when it is a volume already.
             */
            marker: string | null;
            /**
             * Problem
             * @description Why it can't become a volume and what to do; empty when it can.
             */
            problem: string;
            /**
             * Room Bytes
             * @description What footage may fill: free space without the usual headroom.
             */
            room_bytes: number | null;
            /** Total Bytes */
            total_bytes: number | null;
            /** Writable */
            writable: boolean;
        };
        /** Page[Camera] */
        Page_Camera_: {
            /** Items */
            items: components["schemas"]["Camera"][];
            /** Next */
            next: string | null;
        };
        /** Page[Recording] */
        Page_Recording_: {
            /** Items */
            items: components["schemas"]["Recording"][];
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
         * ProbeNote
         * @description Something that works but could be better.
         */
        ProbeNote: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * ProbeReport
         * @description What a probe saw. When `ok` is false `code`, `message` and `remedy` say why and what to do.
         */
        ProbeReport: {
            audio: components["schemas"]["AudioReport"] | null;
            /** Code */
            code?: string | null;
            /**
             * Engine
             * @description The source that read it, native or libav.
             */
            engine: string;
            /** Message */
            message: string;
            /** Ok */
            ok: boolean;
            /** Remedy */
            remedy?: string | null;
            /** Round Trip Ms */
            round_trip_ms: number | null;
            /** Setup Ms */
            setup_ms: number | null;
            /**
             * Snapshot
             * @description The first key frame as a data: URL (JPEG).
             */
            snapshot: string | null;
            video: components["schemas"]["VideoReport"] | null;
            /** Warnings */
            warnings: components["schemas"]["ProbeNote"][];
        };
        /**
         * ProbeRequest
         * @description An address to try. Nothing is saved.
         */
        ProbeRequest: {
            /**
             * Engine
             * @default auto
             * @enum {string}
             */
            engine: "auto" | "native" | "libav";
            /**
             * Password
             * @description Never returned.
             */
            password?: string | null;
            /** Url */
            url: string;
            /** Username */
            username?: string | null;
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
         * ProcessOut
         * @description One process that `vedette serve` keeps running.
         */
        ProcessOut: {
            /**
             * Last Exit
             * @description How it ended last: a signal or an exit code; empty when it never did.
             */
            last_exit: string;
            /** Name */
            name: string;
            /** Pid */
            pid: number | null;
            /**
             * Restarts
             * @description Since Vedette was started.
             */
            restarts: number;
            /**
             * Role
             * @description api, worker, recorder or simulator
             */
            role: string;
            /**
             * Running
             * @description False while it is being started again.
             */
            running: boolean;
            /**
             * Since
             * @description Since when it runs, or is down.
             */
            since: string | null;
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
         * Recording
         * @description One file of a stream.
         */
        Recording: {
            /** Bytes */
            bytes: number;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Codecs
             * @description RFC 6381
             * @example avc1.640028,mp4a.40.2
             */
            codecs: string;
            /** Duration Ms */
            duration_ms: number;
            /**
             * End
             * Format: date-time
             * @description Of an open recording: as far as is known now.
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /** Height */
            height: number | null;
            /**
             * Held
             * @description Whether a hold keeps it from deletion.
             */
            held: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Path
             * @description Relative to the volume.
             */
            path: string;
            /**
             * Sha256
             * @description Of the recorded bytes; null while it is open.
             */
            sha256: string | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * State
             * @description open, closed or damaged
             */
            state: string;
            /**
             * Stream
             * @description main or sub
             */
            stream: string;
            /** Volume Id */
            volume_id: number;
            /** Width */
            width: number | null;
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
         * RemovedCamera
         * @description A deleted camera. Playback, coverage and recordings know it by its id as before.
         */
        RemovedCamera: {
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /**
             * Footage
             * @description Whether its footage ages out, or is being deleted.
             * @enum {string}
             */
            footage: "keep" | "delete";
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /**
             * Removed At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            removed_at: string;
            /** Slug */
            slug: string;
            /** Streams */
            streams: ("main" | "sub")[];
        };
        /**
         * RemovedCameras
         * @description All of them.
         */
        RemovedCameras: {
            /** Items */
            items: components["schemas"]["RemovedCamera"][];
            /** Next */
            next?: null;
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
         * StorageStats
         * @description What all footage takes.
         */
        StorageStats: {
            /** Bytes */
            bytes: number;
            /** Cameras */
            cameras: components["schemas"]["CameraUsage"][];
            /** Files */
            files: number;
            /** Newest */
            newest: string | null;
            /** Oldest */
            oldest: string | null;
            /** Volumes */
            volumes: components["schemas"]["Volume"][];
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
            /**
             * Processes
             * @description Empty where the processes were started one by one.
             */
            processes: components["schemas"]["ProcessOut"][];
            /**
             * Recorders
             * @description Those that are connected.
             */
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
         * VideoReport
         * @description The video that was seen.
         */
        VideoReport: {
            /**
             * Bitrate
             * @description Bits per second, of the video alone.
             */
            bitrate: number;
            /** Codec */
            codec: string;
            /** Fps */
            fps: number;
            /** Height */
            height: number;
            /**
             * Key Interval S
             * @description Null when less than two key frames came.
             */
            key_interval_s: number | null;
            /** Profile */
            profile: string;
            /** Width */
            width: number;
        };
        /**
         * Volume
         * @description A volume: its limits, how it is now, and what footage takes of it.
         */
        Volume: {
            /** Bytes */
            bytes: number;
            /**
             * Disk
             * @description Volumes with the same number lie on one disk and share its free space.
             */
            disk: number | null;
            /** Files */
            files: number;
            /**
             * Free Bytes
             * @description Null while the disk can't be asked.
             */
            free_bytes: number | null;
            /** Headroom Percent */
            headroom_percent: number;
            /** Id */
            id: number;
            /** Keep Bytes */
            keep_bytes: number | null;
            /** Keep Days */
            keep_days: number | null;
            /** Location */
            location: string;
            /** Name */
            name: string;
            /** Newest */
            newest: string | null;
            /** Oldest */
            oldest: string | null;
            /**
             * State
             * @description ok, missing, foreign, read_only, full or failing
             */
            state: string;
            /**
             * State Detail
             * @description What is wrong and what to do, empty when all is well.
             */
            state_detail: string;
            /**
             * State Since
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            state_since: string;
            /**
             * Tier
             * @description hot, warm or cold
             */
            tier: string;
            /** Total Bytes */
            total_bytes: number | null;
        };
        /**
         * VolumeCreate
         * @description A directory to record to. `create` makes it, with its marker; false adds one that is a volume already.
         */
        VolumeCreate: {
            /**
             * Create
             * @default true
             */
            create: boolean;
            /**
             * Location
             * @description Absolute path on the server.
             * @example /mnt/footage
             */
            location: string;
            /** Name */
            name: string;
        };
        /**
         * VolumeList
         * @description All volumes.
         */
        VolumeList: {
            /** Items */
            items: components["schemas"]["Volume"][];
            /** Next */
            next?: null;
        };
        /**
         * VolumePatch
         * @description What to change. Null removes the limit of `keep_days` and `keep_bytes`.
         */
        VolumePatch: {
            /**
             * Headroom Percent
             * @description Retention keeps this much of the disk free.
             */
            headroom_percent?: number | null;
            /** Keep Bytes */
            keep_bytes?: number | null;
            /** Keep Days */
            keep_days?: number | null;
            /** Name */
            name?: string | null;
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
    get_calendar: {
        parameters: {
            query: {
                /** @description Id or slug. */
                camera_id: string;
                month: string;
                stream?: "main" | "sub";
                /** @description IANA name, as Europe/Vienna. */
                timezone?: string;
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
                    "application/json": components["schemas"]["Calendar"];
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
                /** @description Id or slug of the camera. */
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
                /** @description Id or slug of the camera. */
                camera: string;
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
                /** @description Id or slug of the camera. */
                camera: string;
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
                /** @description Id or slug of the camera. */
                camera: string;
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
    get_camera_health: {
        parameters: {
            query?: {
                range?: components["schemas"]["HealthRange"];
                stream?: "main" | "sub";
            };
            header?: never;
            path: {
                /** @description Id or slug of the camera. */
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
                    "application/json": components["schemas"]["HealthSeries"];
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
    follow_recording_mode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the camera. */
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
                /** @description Id or slug of the camera. */
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
                /** @description Id or slug of the camera. */
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
                /** @description Id or slug of the camera. */
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
    snapshot: {
        parameters: {
            query?: {
                /** @description An instant that was recorded; by default now. */
                at?: string | null;
                /** @description `sub` gives the main stream where there is no sub-stream. */
                stream?: "main" | "sub";
                /** @description At most this wide; the shape stays. */
                width?: number | null;
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
                    "image/jpeg": unknown;
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
    probe_camera: {
        parameters: {
            query?: {
                stream?: "main" | "sub";
            };
            header?: never;
            path: {
                /** @description Id or slug of the camera. */
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
                    "application/json": components["schemas"]["ProbeReport"];
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
    probe_address: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProbeRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbeReport"];
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
    get_coverage: {
        parameters: {
            query: {
                /** @description Id or slug. Several times for several. */
                camera_id: string[];
                /** @description Exclusive. */
                end: string;
                /** @description Gaps shorter than this may be left out, as on a zoomed-out timeline. */
                resolution_ms?: number;
                /** @description Inclusive. */
                start: string;
                stream?: "main" | "sub";
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
                    "application/json": components["schemas"]["Coverage"];
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
                /** @description At most 31 days after the start; by default 4 hours. */
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
    list_recordings: {
        parameters: {
            query?: {
                /** @description Id or slug. */
                camera_id?: string | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Only with footage before this. */
                end?: string | null;
                /** @description At most this many items. */
                limit?: number;
                /** @description Only with footage at or after this. */
                start?: string | null;
                stream?: ("main" | "sub") | null;
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
                    "application/json": components["schemas"]["Page_Recording_"];
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
    get_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
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
                    "application/json": components["schemas"]["Recording"];
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
    delete_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
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
    download_recording: {
        parameters: {
            query?: {
                /** @description IANA name, as Europe/Vienna. */
                timezone?: string;
            };
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": unknown;
                };
            };
            /** @description The file. */
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
    stream_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": unknown;
                };
            };
            /** @description The file. */
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
    list_removed: {
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
                    "application/json": components["schemas"]["RemovedCameras"];
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
    delete_footage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the removed camera. */
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
    stats: {
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
                    "application/json": components["schemas"]["StorageStats"];
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
    list_volumes: {
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
                    "application/json": components["schemas"]["VolumeList"];
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
    add_volume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolumeCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Volume"];
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
    remove_volume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volume_id: number;
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
    change_volume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volume_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolumePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Volume"];
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
    check_location: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LocationAsked"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocationChecked"];
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
    get_metrics: {
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
                    "text/plain": string;
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
