// Written by `npm run api`. Don't edit.
export interface paths {
    "/api/v1/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API tokens
         * @description One's own unless asked otherwise, the newest first.
         */
        get: operations["list_api_tokens"];
        put?: never;
        /**
         * Make an API token
         * @description For oneself. The answer shows the secret this once. Without `expires_at` it is good for 90 days.
         */
        post: operations["create_api_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One API token
         * @description Without its secret.
         */
        get: operations["get_api_token"];
        put?: never;
        post?: never;
        /**
         * Revoke an API token
         * @description For good, and at once. It stays in the list of revoked ones.
         */
        delete: operations["revoke_api_token"];
        options?: never;
        head?: never;
        /**
         * Change an API token
         * @description What is left out stays as it is. Only its owner can; sockets that are open with it feel it within seconds.
         */
        patch: operations["update_api_token"];
        trace?: never;
    };
    "/api/v1/api-tokens/{token_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an API token is used
         * @description Requests by day and route. The last half a minute may be missing.
         */
        get: operations["get_api_token_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened
         * @description What happened last comes first; entries are numbered in the order in which they were written, which can be
         *     another one: the end of a view is written a minute or two after it.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entry of the audit log
         * @description By its number.
         */
        get: operations["get_audit_entry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log as a file
         * @description In the order of the list, with its filters. It becomes an entry itself, which is in it.
         */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The report of a period
         * @description Logins and failures, who saw which camera, changes of permissions, share links opened, refusals, deletions.
         */
        get: operations["report_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the audit log is intact
         * @description Reads every entry, about a second for fifty thousand.
         */
        get: operations["verify_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My links with providers
         * @description Every provider that is offered or linked.
         */
        get: operations["list_my_identities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/identities/{provider}": {
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
         * Unlink my account from a provider
         * @description With what the provider gave; logins by it end, this one too where it is one. Refused where it is the only way
         *     into the account.
         */
        delete: operations["unlink_my_identity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description `auth.failed` says the same of wrong names and passwords, and of accounts that have to wait after failures.
         */
        post: operations["log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session of the token or cookie, also of one that is too old. It is no error to bring none.
         */
        post: operations["log_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am and what I may do
         * @description What a user interface offers. The server decides anew at each request. A program hears of its token alone, not of
         *     the account that it acts for.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change my name
         * @description As others read it; the user name stays.
         */
        patch: operations["change_me"];
        trace?: never;
    };
    "/api/v1/auth/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Providers that one can log in by
         * @description For the buttons of the login page.
         */
        get: operations["list_offered_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from a provider
         * @description Where the provider sends the browser. Its answer is good once, and only in the browser that began.
         */
        get: operations["finish_oidc_login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/{provider}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link my account with a provider
         * @description Asks for the password, where there is one; then the browser goes to the answered address and comes back.
         */
        post: operations["begin_oidc_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/{provider}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Log in by a provider
         * @description A browser goes here. It is sent on to the provider, with a cookie that lets only it come back.
         */
        get: operations["start_oidc_login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my password
         * @description My other sessions end.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew the tokens
         * @description A refresh token is good once. One that comes back later ends the session: it was stolen.
         */
        post: operations["refresh_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My sessions
         * @description Where I am logged in.
         */
        get: operations["list_my_sessions"];
        put?: never;
        post?: never;
        /**
         * End all my other sessions
         * @description All but the one that asks.
         */
        delete: operations["end_my_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{session_id}": {
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
         * End one of my sessions
         * @description It is logged out at once.
         */
        delete: operations["end_my_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the first administrator is to be made
         * @description What a login page asks first.
         */
        get: operations["get_setup"];
        put?: never;
        /**
         * Make the first administrator
         * @description With the token that Vedette prints on its console. Logs in at once; from then on everybody has to.
         */
        post: operations["set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare a second factor
         * @description Nothing changes until it is confirmed.
         */
        post: operations["begin_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch the second factor on
         * @description From now on a login asks for a code.
         */
        post: operations["confirm_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch the second factor off
         * @description The recovery codes are void, too.
         */
        post: operations["disable_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookmarks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bookmarks
         * @description The newest footage first; of cameras whose footage the caller may see.
         */
        get: operations["list_bookmarks"];
        put?: never;
        /**
         * Make a bookmark
         * @description It belongs to the caller. Takes `playback.view` of the camera.
         */
        post: operations["create_bookmark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookmarks/{bookmark_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One bookmark
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_bookmark"];
        put?: never;
        post?: never;
        /**
         * Delete a bookmark
         * @description One's own; who manages users every one.
         */
        delete: operations["delete_bookmark"];
        options?: never;
        head?: never;
        /**
         * Change a bookmark
         * @description One's own. Where the start is moved without an end, the end moves with it.
         */
        patch: operations["update_bookmark"];
        trace?: never;
    };
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
         * @description Recording ends at once and the stored user and password are forgotten. With its footage only for those who may
         *     delete that.
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
    "/api/v1/cameras/{camera}/live.mjpeg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Pictures of now, one after the other
         * @description For programs that show an `<img>`. It ends when the caller may not watch any more, and when the camera has had no
         *     picture for half a minute.
         */
        get: operations["live_mjpeg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera}/ptz/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a camera
         * @description Refused with `ptz.unsupported` where the device can't.
         */
        post: operations["move_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera}/ptz/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A camera's positions
         * @description Refused with `presets.unsupported` where the device has none.
         */
        get: operations["list_presets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera}/ptz/presets/{preset}/go": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a camera to a position
         * @description Refused with `presets.unsupported` where the device has none.
         */
        post: operations["go_to_preset"];
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
    "/api/v1/cameras/{camera}/talk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Speak through a camera
         * @description Refused with `talk.unsupported` where the device has no loudspeaker.
         */
        post: operations["talk_to_camera"];
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
         * Try a camera as it is saved, or as it would be after a change
         * @description Opens a second connection beside the recorder's; some cameras allow only one. With a body the camera is tried as
         *     it would be after a `PATCH` with it, and refused as that would be; nothing is saved.
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
    "/api/v1/coverage/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much of each day is recorded
         * @description Every day of a month, of several cameras: columns in the order of `dates`.
         */
        get: operations["get_coverage_days"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much of a month is recorded
         * @description By camera and day, with causes, of the cameras whose footage one may see. Days to come and before a camera was
         *     added are not due.
         */
        get: operations["get_coverage_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/report/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The report of a month as a file
         * @description Of all cameras. JSON and PDF are signed (`GET /signing-keys`): JSON as JWS over its canonical form (RFC 7515, RFC
         *     8785), PDF as a whole, with the JSON attached. Making one is an entry of the audit log.
         */
        get: operations["get_coverage_report_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/report/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether a report is as it was signed
         * @description Of a JSON or PDF file of at most 1 MB that was signed here; `vedette report verify` takes any.
         */
        post: operations["verify_coverage_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List gaps
         * @description As recorders and deletions noted them, those that began last first. What nobody noted (a hole in the footage
         *     without a word) is in the coverage alone; so is that footage counts where a gap overlaps it.
         */
        get: operations["list_gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gaps/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many gaps a search finds
         * @description All of what the list of gaps shows with the same parameters, counted by cause.
         */
        get: operations["sum_gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List grants
         * @description The oldest first.
         */
        get: operations["list_grants"];
        put?: never;
        /**
         * Give a role
         * @description To a user or a group; everywhere, or in a zone, or on one camera. It counts at once. A grant is not edited: it is
         *     withdrawn and given anew.
         */
        post: operations["create_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One grant
         * @description With the names of what it is made of.
         */
        get: operations["get_grant"];
        put?: never;
        post?: never;
        /**
         * Withdraw a role
         * @description It counts at once; open sockets end within seconds. Refused for the last one that gives admin everywhere.
         */
        delete: operations["delete_grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups
         * @description By name.
         */
        get: operations["list_groups"];
        put?: never;
        /**
         * Add a group
         * @description Its members get what it is granted.
         */
        post: operations["create_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One group
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_group"];
        put?: never;
        post?: never;
        /**
         * Delete a group
         * @description Its members stay; its grants go with it, when that is confirmed.
         */
        delete: operations["delete_group"];
        options?: never;
        head?: never;
        /**
         * Change a group
         * @description What is left out stays as it is.
         */
        patch: operations["update_group"];
        trace?: never;
    };
    "/api/v1/live/{camera}/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Addresses for other programs
         * @description As the caller reaches this server. They all want a login: an API token with `live.view`.
         */
        get: operations["addresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/hls/{rendition}/{window}/init/{digest}.mp4": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Initialisation of a live playlist
         * @description What decodes the segments and parts that follow it in the playlist.
         */
        get: operations["live_init"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/hls/{rendition}/{window}/part/{number}.m4s": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A part of a live segment
         * @description Some frames. The one that the playlist hints at is waited for.
         */
        get: operations["live_part"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/hls/{rendition}/{window}/segment/{msn}.m4s": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A live segment
         * @description A whole segment, for as long as it is in the playlist and as long again.
         */
        get: operations["live_segment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/hls/{rendition}/index.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live playlist of one stream
         * @description Low-latency HLS: parts of about 0.2 s, and requests that wait for the next one. A first request starts the
         *     stream; half a minute after the last one it ends.
         */
        get: operations["live_playlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/hls/{rendition}/plain.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live playlist without parts
         * @description Plain HLS of whole segments, some seconds behind.
         */
        get: operations["live_plain_playlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/hls/index.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live as HLS
         * @description The qualities of a camera. Its media playlists are low-latency HLS (RFC 8216bis): old players take them as plain
         *     HLS. What was asked for with a ticket has it in its addresses, too.
         */
        get: operations["live_hls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/qualities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Qualities of a stream
         * @description For a menu: what `quality` of the live routes can be for this stream now.
         */
        get: operations["list_qualities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/viewers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many watch a camera
         * @description Live, now, by all transports together.
         */
        get: operations["count_live_viewers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/whep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Watch by WebRTC
         * @description Takes an SDP offer and answers it. Pictures are H.264 as the camera sends them, without B-frames, or converted:
         *     to `quality`, and those of an H.265 camera in any case. Sound is Opus or G.711. No trickle: our candidates are in
         *     the answer.
         */
        post: operations["whep_open"];
        delete?: never;
        /**
         * What WHEP takes here
         * @description `Accept-Post`, and the STUN and TURN servers that players should use.
         */
        options: operations["whep_options"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/{camera}/whep/{session_id}": {
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
         * End a view by WebRTC
         * @description Only who opened a session can end it.
         */
        delete: operations["whep_close"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/encoders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Encoders and running transcodes
         * @description Each encoder was tried with a small picture; `why` says what is missing.
         */
        get: operations["list_encoders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who watched live
         * @description Views that have ended and showed something, those that began last first; for the same people as the list of those
         *     that go on. They are kept for `live_history_days`.
         */
        get: operations["list_live_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/history/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The history of live views as CSV
         * @description In the order of the list, with its filters. It becomes an entry of the audit log.
         */
        get: operations["export_live_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/history/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live views by hours or days
         * @description Of the last week where no span is given. Views that go on count up to now; a view belongs to each hour in which
         *     it went on.
         */
        get: operations["sum_live_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who watches live now
         * @description One's own views; who reads the audit log or manages users gets all of cameras that they may know of. The newest
         *     first.
         */
        get: operations["list_live_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/sessions/{session_id}": {
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
         * End a live view
         * @description One's own; those of others takes `user.manage`. The same login can't open the camera again for a minute: players
         *     that know nothing of Vedette would be back at once.
         */
        delete: operations["end_live_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/sessions/{session_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a player saw
         * @description Of a view of one's own, every ten seconds or so; more than one a second changes nothing. The MSE socket takes the
         *     same as a message.
         */
        post: operations["report_live_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/viewers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many watch which camera
         * @description Live, now, by all transports together, of the cameras that one may see.
         */
        get: operations["count_all_live_viewers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get tickets for media
         * @description For oneself, where one is: a ticket is refused from another address, with another login, and when the session or
         *     API token that asked for it has ended. A playlist that is asked for with a ticket has it in its addresses, too.
         */
        post: operations["create_media_tickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oidc-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sign-in providers
         * @description By name.
         */
        get: operations["list_oidc_providers"];
        put?: never;
        /**
         * Add a sign-in provider
         * @description Nothing is asked of the provider yet: test it afterwards.
         */
        post: operations["create_oidc_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oidc-providers/{provider_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One sign-in provider
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_oidc_provider"];
        put?: never;
        post?: never;
        /**
         * Delete a sign-in provider
         * @description People keep their accounts and what they were given by hand, and lose what the provider gave them.
         */
        delete: operations["delete_oidc_provider"];
        options?: never;
        head?: never;
        /**
         * Change a sign-in provider
         * @description What is left out stays as it is. New mappings hold for each person from their next login on. Logins by a provider
         *     that is switched off end at once, those that are older than a shorter `session_hours` with it.
         */
        patch: operations["update_oidc_provider"];
        trace?: never;
    };
    "/api/v1/oidc-providers/{provider_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a sign-in provider
         * @description Asks for its description and keys, and whether it knows client id and secret, and says what is wrong.
         */
        post: operations["test_oidc_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be permitted
         * @description All permissions there are, for a table of roles.
         */
        get: operations["list_permissions"];
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
    "/api/v1/playback/{camera}/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find when a region changed
         * @description Looks at the key frames of the recordings and tells what it finds as it finds it, oldest first, a line of JSON
         *     each. Close the connection to cancel. What came and went between two key frames is not seen.
         */
        post: operations["find_changes"];
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
         *     playlist that grows with the recording. What was asked for with a ticket has it in its addresses, too. A file that
         *     can't be had is listed as a gap, with a date range that says why.
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
    "/api/v1/playback/{camera}/master.m3u8": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Playlist of the streams of a span
         * @description HLS between whose streams a player chooses by its bandwidth, the main stream first. They are aligned by the wall
         *     clock. A stream that has sound where the main one has none, or none where that one has it, is left out: players
         *     can't change between the two.
         */
        get: operations["master"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playback/{camera}/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Previews of a span
         * @description Where the pictures of a span are. Sheets are made when they are first asked for. Of a file that is being written
         *     there is what stays as it is; single pictures of the last seconds are at `/cameras/{camera}/snapshot.jpg?at=`.
         */
        get: operations["list_previews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playback/{camera}/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The streams of a span
         * @description What each of them takes and shows, the main one first: for players that choose by themselves.
         */
        get: operations["streams"];
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
         * @description Whole or a range. A closed segment never changes; an open one is served as far as it is. With a ticket only the
         *     bytes that show its range. One in a bucket whose volume is set up so answers 307: the range is at a presigned
         *     address there for a minute.
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
    "/api/v1/playback/segments/{segment_id}/previews/{step_ms}-{number}.jpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A sheet of previews
         * @description Ten pictures in a row, 160 pixels wide each. It never changes.
         */
        get: operations["preview_sheet"];
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
         * @description Newest first. A page goes on where the one before ended, whatever was recorded meanwhile.
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
         * @description Its bytes with ranges, to be played in place by players that take plain MP4. An open one is fragmented MP4 as far
         *     as it is. Who may watch can keep what was sent, here as with any player; a file under its own name is `download`.
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
    "/api/v1/recordings/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much a search finds
         * @description All of what the list of recordings shows with the same parameters, counted.
         */
        get: operations["sum_recordings"];
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
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description Built-in ones first, then by name.
         */
        get: operations["list_roles"];
        put?: never;
        /**
         * Add a role
         * @description With permissions that one has oneself.
         */
        post: operations["create_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One role
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_role"];
        put?: never;
        post?: never;
        /**
         * Delete a role
         * @description Built-in roles stay. Grants of it go with it, when that is confirmed.
         */
        delete: operations["delete_role"];
        options?: never;
        head?: never;
        /**
         * Change a role
         * @description What is left out stays as it is.
         */
        patch: operations["update_role"];
        trace?: never;
    };
    "/api/v1/share-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List share links
         * @description One's own, the newest first, also those that are over.
         */
        get: operations["list_share_links"];
        put?: never;
        /**
         * Share footage by a link
         * @description Takes `share.create` and `playback.view` on the camera, and lasts no longer than one has them. The answer shows
         *     the link this once.
         */
        post: operations["create_share_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/share-links/{link_id}": {
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
         * Withdraw a share link
         * @description For good; whoever watches by it is out within seconds. `user.manage` withdraws anybody's.
         */
        delete: operations["withdraw_share_link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/share/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a share link asks for
         * @description 404 `share.expired`, `share.withdrawn`, `share.used_up` and `share.over` say what has become of it.
         */
        get: operations["get_share"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/share/{token}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a share link
         * @description Counts as a view, unless it goes on with the ticket of one.
         */
        post: operations["open_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys that documents are signed with
         * @description The newest signs; former ones judge what was signed before.
         */
        get: operations["list_signing_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/buckets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a bucket
         * @description As a volume that footage can be moved to. Everything that is needed of it is tried first; a problem names the
         *     field that is wrong.
         */
        post: operations["add_bucket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/buckets/{volume_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a bucket's access
         * @description Keys, time limit and how players get its footage. Name and limits are those of every volume.
         */
        patch: operations["change_bucket"];
        trace?: never;
    };
    "/api/v1/storage/buckets/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a bucket
         * @description Lists, puts, reads a range and deletes. What is wrong is told by name.
         */
        post: operations["check_bucket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List moves
         * @description The newest first; those that ended a month ago are forgotten.
         */
        get: operations["list_moves"];
        put?: never;
        /**
         * Move footage
         * @description Each file is copied, read back and compared, and only then deleted where it was. It goes on beside everything
         *     else, and survives restarts.
         */
        post: operations["move_footage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/moves/{move_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One move
         * @description How far it is.
         */
        get: operations["get_move"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/moves/{move_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a move off
         * @description What is moved stays moved.
         */
        post: operations["cancel_move"];
        delete?: never;
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
         * @description Exact, in all, and per camera that one may see, and volume.
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
         * @description Version and time zone; for those with `system.view` also recorders, processes and warnings. An API token needs
         *     it to ask at all.
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
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description By name.
         */
        get: operations["list_users"];
        put?: never;
        /**
         * Add a user
         * @description The very first one is made with /auth/setup.
         */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One user
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Remove a user
         * @description With grants, sessions, tokens and share links. What they did stays in the audit log.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description What is left out stays as it is. The user name stays for good: the audit log names people by it.
         */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/v1/users/{user_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a user out
         * @description Every session ends; grants, and API tokens unless they are to be revoked, stay for a later `enable`.
         */
        post: operations["disable_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a user in again
         * @description Ends `disable`.
         */
        post: operations["enable_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a user's password
         * @description Their sessions end, unless that is declined, and their API tokens, where that is asked for.
         */
        put: operations["set_user_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a user may do
         * @description By all grants that reach them and are in force at that instant. Of who is disabled: once they are let in.
         */
        get: operations["get_user_permissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A user's sessions
         * @description Where they are logged in.
         */
        get: operations["list_user_sessions"];
        put?: never;
        post?: never;
        /**
         * End all of a user's sessions
         * @description They are logged out everywhere.
         */
        delete: operations["end_user_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/sessions/{session_id}": {
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
         * End one of a user's sessions
         * @description It is logged out at once.
         */
        delete: operations["end_user_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/totp": {
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
         * Take a lost second factor away
         * @description They log in with the password alone and can set up another one.
         */
        delete: operations["reset_user_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/walls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List walls
         * @description One's own and those shared with one's roles, the oldest first. Who manages users sees every shared one.
         */
        get: operations["list_walls"];
        put?: never;
        /**
         * Save a wall
         * @description It belongs to the caller.
         */
        post: operations["create_wall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/walls/{wall_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One wall
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_wall"];
        put?: never;
        post?: never;
        /**
         * Delete a wall
         * @description One's own; who manages users also shared ones of others.
         */
        delete: operations["delete_wall"];
        options?: never;
        head?: never;
        /**
         * Change a wall
         * @description One's own. What is left out stays as it is.
         */
        patch: operations["update_wall"];
        trace?: never;
    };
    "/api/v1/walls/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roles to share walls with
         * @description Built-in ones first, then by name.
         */
        get: operations["list_wall_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/walls/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Zones to look at
         * @description By name: those with a camera that the caller may see, and these cameras.
         */
        get: operations["list_wall_zones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List zones
         * @description By name.
         */
        get: operations["list_zones"];
        put?: never;
        /**
         * Add a zone
         * @description A camera may be in several.
         */
        post: operations["create_zone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{zone_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One zone
         * @description The ETag is the version for If-Match.
         */
        get: operations["get_zone"];
        put?: never;
        post?: never;
        /**
         * Delete a zone
         * @description Its cameras stay; grants that are limited to it go with it, when that is confirmed.
         */
        delete: operations["delete_zone"];
        options?: never;
        head?: never;
        /**
         * Change a zone
         * @description What is left out stays as it is.
         */
        patch: operations["update_zone"];
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
         * Addresses
         * @description Under which other programs take a camera from here. None of them has a login in it.
         */
        Addresses: {
            /** Hls */
            hls: string;
            /** Mjpeg */
            mjpeg: string;
            rtsp: components["schemas"]["RtspAddress"];
            /** @description The same by TLS. */
            rtsps: components["schemas"]["RtspAddress"];
            /** Snapshot */
            snapshot: string;
        };
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
         * ApiToken
         * @description A token without its secret.
         */
        ApiToken: {
            /**
             * Cameras
             * @description Null, and no `zones`: all that its owner may see.
             */
            cameras: string[] | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Hint
             * @description How the secret begins.
             */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Address */
            last_address: string | null;
            /**
             * Last Used At
             * @description To within a minute or so.
             */
            last_used_at: string | null;
            /** Name */
            name: string;
            /**
             * Networks
             * @description Null: any.
             */
            networks: string[] | null;
            /** Permissions */
            permissions: components["schemas"]["Permission"][];
            /** Revoked At */
            revoked_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "expired" | "revoked";
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /**
             * Username
             * @description Whose it is.
             */
            username: string;
            /** Zones */
            zones: string[] | null;
        };
        /**
         * ApiTokenCreate
         * @description A token for a program.
         */
        ApiTokenCreate: {
            /** Cameras */
            cameras?: string[] | null;
            /**
             * Expires At
             * @description It is no good from then on; null for never. Left out: 90 days from now.
             */
            expires_at?: string | null;
            /** Name */
            name: string;
            /** Networks */
            networks?: string[] | null;
            /**
             * Permissions
             * @description At most what you may do yourself; later, too, the less counts. Those that `/permissions` says are not for tokens are refused.
             */
            permissions: components["schemas"]["Permission"][];
            /** Zones */
            zones?: string[] | null;
        };
        /**
         * ApiTokenMade
         * @description The only answer that has the secret.
         */
        ApiTokenMade: {
            /**
             * Cameras
             * @description Null, and no `zones`: all that its owner may see.
             */
            cameras: string[] | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Hint
             * @description How the secret begins.
             */
            hint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Address */
            last_address: string | null;
            /**
             * Last Used At
             * @description To within a minute or so.
             */
            last_used_at: string | null;
            /** Name */
            name: string;
            /**
             * Networks
             * @description Null: any.
             */
            networks: string[] | null;
            /** Permissions */
            permissions: components["schemas"]["Permission"][];
            /** Revoked At */
            revoked_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "expired" | "revoked";
            /**
             * Token
             * @description Sent as `Authorization: Bearer`. Keep it now: it is not shown again.
             */
            token: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /**
             * Username
             * @description Whose it is.
             */
            username: string;
            /** Zones */
            zones: string[] | null;
        };
        /**
         * ApiTokenPatch
         * @description What to change. The secret stays.
         */
        ApiTokenPatch: {
            /** Cameras */
            cameras?: string[] | null;
            /**
             * Expires At
             * @description It is no good from then on; null for never.
             */
            expires_at?: string | null;
            /** Name */
            name?: string | null;
            /** Networks */
            networks?: string[] | null;
            /** Permissions */
            permissions?: components["schemas"]["Permission"][] | null;
            /** Zones */
            zones?: string[] | null;
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
         * AuditEntry
         * @description Who did what, to what, from where, with what result.
         */
        AuditEntry: {
            /**
             * Action
             * @example camera.edit
             * @example auth.login
             */
            action: string;
            /**
             * Actor Id
             * @description Id of the user, also where a token of theirs was used.
             */
            actor_id: string | null;
            /**
             * Actor Kind
             * @description session, token, ticket, share, system, setup or nobody.
             */
            actor_kind: string;
            /** Actor Name */
            actor_name: string;
            /** Address */
            address: string;
            /** After */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            at: string;
            /** Before */
            before: {
                [key: string]: unknown;
            } | null;
            /** Camera Id */
            camera_id: string | null;
            /** Detail */
            detail: string;
            /**
             * Hash
             * @description SHA-256 over this entry and the hash of the one before.
             */
            hash: string;
            /** Id */
            id: number;
            /** Object Id */
            object_id: string | null;
            /** Object Kind */
            object_kind: string | null;
            /** Object Name */
            object_name: string | null;
            /**
             * Result
             * @description ok, denied (a login), failed, or refused (by the permissions).
             */
            result: string;
            /**
             * Sentence
             * @description Of a refusal: what it was about, as `Watch live: Yard`.
             */
            sentence: string | null;
            /**
             * Share Id
             * @description The share link that it came by.
             */
            share_id: string | null;
            /**
             * Ticket
             * @description With a media ticket: live, playback or still.
             */
            ticket: string | null;
            /**
             * Token Id
             * @description The API token that it came with, also by a ticket that was given to it.
             */
            token_id: string | null;
            /**
             * Token Name
             * @description What the token was called then.
             */
            token_name: string | null;
        };
        /**
         * AuditReport
         * @description A period: who came in, who failed to, who saw what, who may do what since, who was refused, what was deleted.
         */
        AuditReport: {
            /**
             * Cut
             * @description A list had more than the 2,000 that are listed; the export has all.
             */
            cut: boolean;
            /** Deletions */
            deletions: components["schemas"]["AuditEntry"][];
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /** Entries */
            entries: number;
            /** Failed Logins */
            failed_logins: components["schemas"]["LoginCount"][];
            /** Logins */
            logins: components["schemas"]["LoginCount"][];
            /**
             * Month
             * @description Where a month was asked for.
             */
            month: string | null;
            /** Permission Changes */
            permission_changes: components["schemas"]["AuditEntry"][];
            /**
             * Refusals
             * @description What people and programs were not let do.
             */
            refusals: components["schemas"]["AuditEntry"][];
            /**
             * Shares Opened
             * @description Also those that failed for a wrong password.
             */
            shares_opened: components["schemas"]["AuditEntry"][];
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /** Timezone */
            timezone: string;
            /**
             * Tokens Elsewhere
             * @description API tokens that came from where they may not be used.
             */
            tokens_elsewhere: components["schemas"]["AuditEntry"][];
            /** Views */
            views: components["schemas"]["CameraViews"][];
            /**
             * Watched
             * @description The views one by one, those that began last first.
             */
            watched: components["schemas"]["WatchedView"][];
        };
        /**
         * AuditVerdict
         * @description Whether the log is what was written.
         */
        AuditVerdict: {
            /**
             * Entries
             * @description Looked at, all of them where it is intact.
             */
            entries: number;
            /** Explanation */
            explanation: string;
            /**
             * Hash
             * @description The newest entry's. Written down elsewhere it proves later that nothing was redone.
             */
            hash: string;
            /** Intact */
            intact: boolean;
            problem: components["schemas"]["Flaw"] | null;
            /** Row At */
            row_at: string | null;
            /**
             * Row Id
             * @description The first entry that is not right.
             */
            row_id: number | null;
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
            /**
             * Rtsp
             * @description Ports on which live streams are given on by RTSP.
             */
            rtsp: number[];
            /**
             * Tls
             * @description Whether it speaks TLS itself; behind a proxy the proxy may.
             */
            tls: boolean;
        };
        /**
         * Bookmark
         * @description Footage that somebody noted.
         */
        Bookmark: {
            /**
             * Author
             * @description User name of who made it.
             */
            author: string;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /**
             * Deletable
             * @description One's own; for who manages users every one.
             */
            deletable: boolean;
            /**
             * End
             * Format: date-time
             * @description The same as `start` for an instant.
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Note */
            note: string;
            /**
             * Own
             * @description Whether it is the caller's: only then they can change it.
             */
            own: boolean;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            updated_at: string;
        };
        /**
         * BookmarkCreate
         * @description An instant of a camera's footage, or a span with `end`.
         */
        BookmarkCreate: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * End
             * @description At most a week after the start; left out for an instant.
             */
            end?: string | null;
            /**
             * Note
             * @default
             */
            note: string;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /** Title */
            title: string;
        };
        /**
         * BookmarkPatch
         * @description What to change; what is left out stays.
         */
        BookmarkPatch: {
            /** End */
            end?: string | null;
            /** Note */
            note?: string | null;
            /** Start */
            start?: string | null;
            /** Title */
            title?: string | null;
        };
        /**
         * BucketAsked
         * @description A bucket to look at.
         */
        BucketAsked: {
            /** Access Key */
            access_key: string;
            /** Bucket */
            bucket: string;
            /**
             * Endpoint
             * @description Scheme, host and port. Without TLS only in the private network.
             */
            endpoint: string;
            /**
             * Path Style
             * @description The bucket in the path instead of in the host's name.
             * @default true
             */
            path_style: boolean;
            /**
             * Prefix
             * @description Where in the bucket, as vedette/house. Empty for all of it.
             * @default
             */
            prefix: string;
            /**
             * Region
             * @default us-east-1
             */
            region: string;
            /**
             * Secret Key
             * Format: password
             * @description Never comes back.
             */
            secret_key: string;
            /**
             * Timeout S
             * @description No single request to the storage takes longer.
             * @default 10
             */
            timeout_s: number;
        };
        /**
         * BucketChecked
         * @description Everything that footage needs was tried and works.
         */
        BucketChecked: {
            /**
             * Marker
             * @description Set when it is a volume already.
             */
            marker: string | null;
            /**
             * Name
             * @description That volume's name.
             */
            name: string | null;
            /**
             * Pages
             * @description Whether pages of the origin that asks may read there themselves: what `delivery` `browser` needs.
             */
            pages: boolean;
        };
        /**
         * BucketCreate
         * @description A bucket to move footage to. `create` puts a marker there; false adds one that is a volume already.
         */
        BucketCreate: {
            /** Access Key */
            access_key: string;
            /** Bucket */
            bucket: string;
            /**
             * Create
             * @default true
             */
            create: boolean;
            /**
             * Delivery
             * @description How players get its footage: through this server, or from the bucket itself.
             * @default server
             * @enum {string}
             */
            delivery: "server" | "browser";
            /**
             * Endpoint
             * @description Scheme, host and port. Without TLS only in the private network.
             */
            endpoint: string;
            /** Name */
            name: string;
            /**
             * Path Style
             * @description The bucket in the path instead of in the host's name.
             * @default true
             */
            path_style: boolean;
            /**
             * Prefix
             * @description Where in the bucket, as vedette/house. Empty for all of it.
             * @default
             */
            prefix: string;
            /**
             * Region
             * @default us-east-1
             */
            region: string;
            /**
             * Secret Key
             * Format: password
             * @description Never comes back.
             */
            secret_key: string;
            /**
             * Timeout S
             * @description No single request to the storage takes longer.
             * @default 10
             */
            timeout_s: number;
        };
        /**
         * BucketOut
         * @description Where a volume in a bucket is. Its secret key is never shown.
         */
        BucketOut: {
            /** Access Key */
            access_key: string;
            /** Bucket */
            bucket: string;
            /**
             * Delivery
             * @enum {string}
             */
            delivery: "server" | "browser";
            /**
             * Detour At
             * @description With `delivery` `browser`: when a browser last could not read there, as where the bucket has no CORS rule, and got footage through the server. Null where none told lately.
             */
            detour_at: string | null;
            /** Endpoint */
            endpoint: string;
            /** Path Style */
            path_style: boolean;
            /** Prefix */
            prefix: string;
            /** Region */
            region: string;
            /** Timeout S */
            timeout_s: number;
        };
        /**
         * BucketPatch
         * @description What to change. New keys are tried first.
         */
        BucketPatch: {
            /** Access Key */
            access_key?: string | null;
            /** Delivery */
            delivery?: ("server" | "browser") | null;
            /** Secret Key */
            secret_key?: string | null;
            /** Timeout S */
            timeout_s?: number | null;
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
             * Allowed
             * @description What the caller may do with it at this moment.
             */
            allowed: components["schemas"]["Permission"][];
            capabilities: components["schemas"]["Capabilities"];
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
            /**
             * Login Lost
             * @description Its login was lost with the database: it is not connected to until user and password are entered again, or both are set to null because it needs none.
             */
            login_lost: boolean;
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
         * CameraDays
         * @description The days of one camera, in the order of `dates`.
         */
        CameraDays: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Causes
             * @description What took most of what is missing; null where nothing is.
             */
            causes: (string | null)[];
            /**
             * Due Ms
             * @description What should have been recorded: passed, since the camera was added, and not off by its plan.
             */
            due_ms: number[];
            /** Recorded Ms */
            recorded_ms: number[];
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
         * CameraViews
         * @description What one person saw of one camera, in person or by one API token. Snapshots and downloads are counted once an
         *     hour.
         */
        CameraViews: {
            /** Camera */
            camera: string | null;
            /** Camera Id */
            camera_id: string | null;
            /** Downloads */
            downloads: number;
            /**
             * First
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            first: string;
            /**
             * Last
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            last: string;
            /** Live */
            live: number;
            /** Live Seconds */
            live_seconds: number;
            /** Name */
            name: string;
            /** Playback */
            playback: number;
            /**
             * Playback Seconds
             * @description Of watching; footage may have been played faster or slower.
             */
            playback_seconds: number;
            /** Snapshots */
            snapshots: number;
            /** Token Name */
            token_name: string | null;
            /** User Id */
            user_id: string | null;
        };
        /**
         * Capabilities
         * @description What a device can do beside sending pictures. All false until Vedette speaks to devices themselves.
         */
        Capabilities: {
            /**
             * Presets
             * @description Positions that it goes to by name.
             * @default false
             */
            presets: boolean;
            /**
             * Ptz
             * @description Pan, tilt or zoom.
             * @default false
             */
            ptz: boolean;
            /**
             * Talk
             * @description It has a loudspeaker that can be spoken through.
             * @default false
             */
            talk: boolean;
        };
        /**
         * CauseSums
         * @description The gaps of one cause.
         */
        CauseSums: {
            /** Cause */
            cause: string;
            /** Count */
            count: number;
            /**
             * Duration Ms
             * @description Each to its own end, also beyond the span.
             */
            duration_ms: number;
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
         * CoverageCamera
         * @description A month of a camera.
         */
        CoverageCamera: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Days */
            days: components["schemas"]["CoverageDay"][];
            /** Due Ms */
            due_ms: number;
            /**
             * Gaps
             * @description The longest, in order of time; without those of the plan.
             */
            gaps: components["schemas"]["CoverageGap"][];
            /** Gaps Left Out */
            gaps_left_out: number;
            /**
             * Met
             * @description Whether the promise was kept; null where nothing was due.
             */
            met: boolean | null;
            /** Name */
            name: string;
            /**
             * Percent
             * @description Null where nothing was due.
             */
            percent: number | null;
            /** Recorded Ms */
            recorded_ms: number;
            /** Slug */
            slug: string;
        };
        /**
         * CoverageDay
         * @description One day of a camera.
         */
        CoverageDay: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /** Due Ms */
            due_ms: number;
            /**
             * Gaps Ms
             * @description What is missing, by cause; `not_scheduled` is not due.
             */
            gaps_ms: {
                [key: string]: number;
            };
            /**
             * Length Ms
             * @description 23 or 25 hours where clocks change.
             */
            length_ms: number;
            /**
             * Met
             * @description Whether the promise was kept; null where nothing was due.
             */
            met: boolean | null;
            /**
             * Percent
             * @description Null where nothing was due.
             */
            percent: number | null;
            /** Recorded Ms */
            recorded_ms: number;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
        };
        /**
         * CoverageDays
         * @description How much of each day of a month is recorded of several cameras, in the order asked.
         */
        CoverageDays: {
            /** Cameras */
            cameras: components["schemas"]["CameraDays"][];
            /** Dates */
            dates: string[];
            /** Month */
            month: string;
            /** Timezone */
            timezone: string;
        };
        /**
         * CoverageGap
         * @description A span without footage.
         */
        CoverageGap: {
            /** Cause */
            cause: string;
            /** Detail */
            detail: string;
            /** Duration Ms */
            duration_ms: number;
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
         * CoverageReport
         * @description A month of the cameras whose footage the caller may see.
         */
        CoverageReport: {
            /** Cameras */
            cameras: components["schemas"]["CoverageCamera"][];
            /** Due Ms */
            due_ms: number;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Met
             * @description Whether the promise was kept; null where nothing was due.
             */
            met: boolean | null;
            /** Month */
            month: string;
            /**
             * Percent
             * @description Null where nothing was due.
             */
            percent: number | null;
            /** Promised Percent */
            promised_percent: number;
            /** Recorded Ms */
            recorded_ms: number;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /** Timezone */
            timezone: string;
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
         * EncoderOut
         * @description An encoder, tried with a small picture.
         */
        EncoderOut: {
            /** Hardware */
            hardware: boolean;
            /**
             * In Use
             * @description Transcodes that use it now.
             */
            in_use: number;
            /** Label */
            label: string;
            /**
             * Name
             * @description libav's name, for the setting `transcode_encoder`.
             */
            name: string;
            /**
             * Why
             * @description Why it does not work here; empty where it does.
             */
            why: string;
            /** Works */
            works: boolean;
        };
        /**
         * EncodersOut
         * @description What this server converts with.
         */
        EncodersOut: {
            /** Encoders */
            encoders: components["schemas"]["EncoderOut"][];
            /**
             * Limit
             * @description Transcodes at once at most; 0: conversion is switched off.
             */
            limit: number;
            /** Max Height */
            max_height: number;
            /** Running */
            running: number;
            /**
             * Transcodes
             * @description Those of cameras that the caller may see.
             */
            transcodes: components["schemas"]["TranscodeOut"][];
        };
        /**
         * EndReason
         * @description Why a view ended.
         * @enum {string}
         */
        EndReason: "" | "own" | "administrator" | "camera" | "access";
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
         * FindBegin
         * @description The first line.
         */
        FindBegin: {
            /**
             * End
             * Format: date-time
             * @description Where the search will end: not after the present.
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "begin";
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
        };
        /**
         * FindDone
         * @description The last line of a search that came to its end.
         */
        FindDone: {
            /**
             * At
             * Format: date-time
             * @description Up to here.
             * @example 2026-11-21T14:05:12.250Z
             */
            at: string;
            /**
             * Full
             * @description Too much was found, and the search ended at `at`.
             */
            full: boolean;
            /** Hits */
            hits: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "done";
            /** Pictures */
            pictures: number;
            /** Searched Ms */
            searched_ms: number;
            /**
             * Seconds
             * @description That it took.
             */
            seconds: number;
        };
        /**
         * FindFailed
         * @description The last line of one that was ended by the server.
         */
        FindFailed: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "failed";
        };
        /**
         * FindHit
         * @description The region changed. A line with the number of an earlier one takes its place: its end is known, or later.
         */
        FindHit: {
            /**
             * End
             * @description Null while it goes on.
             */
            end: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "hit";
            /**
             * Number
             * @description Counted from 1.
             */
            number: number;
            /**
             * Picture
             * @description A small JPEG in Base64. Null where an earlier line had it.
             */
            picture: string | null;
            /**
             * Share
             * @description How much of the region differed at first, 0 to 1.
             */
            share: number;
            /**
             * Start
             * Format: date-time
             * @description To the frame, where the frames between two key frames can be read.
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Stream
             * @description Of which it was found: main or sub.
             */
            stream: string;
            /**
             * Unseen
             * @description It happened between two recordings: `start` and `end` are those of the gap.
             */
            unseen: boolean;
        };
        /**
         * Finding
         * @description One thing that a test found.
         */
        Finding: {
            /**
             * Level
             * @enum {string}
             */
            level: "ok" | "warning" | "problem";
            /** Message */
            message: string;
        };
        /**
         * FindLine
         * @description One line of the answer.
         */
        FindLine: components["schemas"]["FindBegin"] | components["schemas"]["FindHit"] | components["schemas"]["FindSkipped"] | components["schemas"]["FindProgress"] | components["schemas"]["FindDone"] | components["schemas"]["FindFailed"];
        /**
         * FindProgress
         * @description How far it is, several times a second.
         */
        FindProgress: {
            /**
             * At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            at: string;
            /** Hits */
            hits: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "progress";
            /**
             * Pictures
             * @description Key frames that were looked at.
             */
            pictures: number;
            /**
             * Searched Ms
             * @description Milliseconds of footage that they show.
             */
            searched_ms: number;
        };
        /**
         * FindRequest
         * @description What to search for, and where. Unknown fields are refused.
         */
        FindRequest: {
            /**
             * End
             * Format: date-time
             * @description At most 7 days after the start. One after now means now.
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Region
             * @description Polygons by their corners `[x, y]`, in fractions of the picture from its left and top. The region is all of them together.
             * @example [
             *       [
             *         [
             *           0.4,
             *           0.5
             *         ],
             *         [
             *           0.6,
             *           0.5
             *         ],
             *         [
             *           0.6,
             *           0.9
             *         ],
             *         [
             *           0.4,
             *           0.9
             *         ]
             *       ]
             *     ]
             */
            region: [
                number,
                number
            ][][];
            /**
             * Sensitivity
             * @description From 1, large and clear changes only, to 100, the slightest.
             * @default 50
             */
            sensitivity: number;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Stream
             * @description By default the sub-stream, and the main one where that was not recorded.
             */
            stream?: ("main" | "sub") | null;
        };
        /**
         * FindSkipped
         * @description A span that could not be searched.
         */
        FindSkipped: {
            /**
             * Code
             * @description Why, as `volume.unreachable`.
             */
            code: string;
            /** Detail */
            detail: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "skipped";
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
        };
        /**
         * Flaw
         * @description What is wrong with the log.
         * @enum {string}
         */
        Flaw: "altered" | "missing" | "reordered" | "truncated" | "unknown_rows" | "no_head" | "other_history";
        /**
         * FootageSpan
         * @description A span of what was recorded.
         */
        FootageSpan: {
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
         * GapCause
         * @description Why there is no footage.
         * @enum {string}
         */
        GapCause: "not_scheduled" | "stopped" | "camera_offline" | "network" | "no_disk" | "write_failure" | "deleted_by_retention" | "deleted_by_person" | "lost";
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
         * GrantCreate
         * @description A role for a user or a group: everywhere, or in a zone, or on one camera.
         */
        GrantCreate: {
            /** Camera Id */
            camera_id?: string | null;
            /** Group Id */
            group_id?: string | null;
            hours?: components["schemas"]["GrantHours"] | null;
            /**
             * Role Id
             * Format: uuid
             */
            role_id: string;
            /** User Id */
            user_id?: string | null;
            /** Valid From */
            valid_from?: string | null;
            /** Valid Until */
            valid_until?: string | null;
            /** Zone Id */
            zone_id?: string | null;
        };
        /**
         * GrantHours
         * @description Hours of the week: for each day, Monday first, spans of local time. `["22:00", "06:00"]` goes on into the next
         *     day.
         */
        GrantHours: {
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
         * GrantOut
         * @description A grant with the names of what it is made of.
         */
        GrantOut: {
            /** Camera Id */
            camera_id: string | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Group Id */
            group_id: string | null;
            /**
             * Hours
             * @description As it was given.
             */
            hours: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * In Force
             * @description Whether it grants something at this moment.
             */
            in_force: boolean;
            /** Role */
            role: string;
            /**
             * Role Id
             * Format: uuid
             */
            role_id: string;
            /**
             * Source
             * @description `manual`, or the sign-in provider whose groups gave it.
             */
            source: string;
            /**
             * Subject
             * @description Name of the user or group.
             */
            subject: string;
            /** User Id */
            user_id: string | null;
            /** Valid From */
            valid_from: string | null;
            /** Valid Until */
            valid_until: string | null;
            /** Zone */
            zone: string | null;
            /** Zone Id */
            zone_id: string | null;
        };
        /**
         * Group
         * @description A group with its people.
         */
        Group: {
            /** Description */
            description: string;
            /**
             * Grants
             * @description How many grants it has.
             */
            grants: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Members */
            members: components["schemas"]["Member"][];
            /** Name */
            name: string;
        };
        /**
         * GroupCreate
         * @description People who are granted the same.
         */
        GroupCreate: {
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Members
             * @description Ids of users.
             */
            members?: string[];
            /** Name */
            name: string;
        };
        /**
         * GroupPatch
         * @description What to change of a group.
         */
        GroupPatch: {
            /** Description */
            description?: string | null;
            /**
             * Members
             * @description All of them. Those whom an OpenID provider put there stay in any case.
             */
            members?: string[] | null;
            /** Name */
            name?: string | null;
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
         * IdentityList
         * @description Every provider that is offered or linked, by name.
         */
        IdentityList: {
            /** Items */
            items: components["schemas"]["IdentityOut"][];
        };
        /**
         * IdentityOut
         * @description A provider, and who the account's owner is there.
         */
        IdentityOut: {
            /**
             * Enabled
             * @description Whether one can log in by it now.
             */
            enabled: boolean;
            /** Last Login At */
            last_login_at: string | null;
            /** Linked */
            linked: boolean;
            /** Linked At */
            linked_at: string | null;
            /**
             * Name
             * @description What the person is called there.
             */
            name: string | null;
            /**
             * Provider
             * @description The id that its addresses have.
             */
            provider: string;
            /** Provider Name */
            provider_name: string;
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
             * @description In a gap, and where footage is unavailable: where it goes on, null when it has not yet.
             */
            next_footage_at: string | null;
            /**
             * Pending
             * @description Not recorded yet: in the future, or so young that it is still on its way.
             */
            pending: boolean;
            /**
             * Previous Footage End
             * @description In a gap, and where footage is unavailable: where that before it ends, null when there is none.
             */
            previous_footage_end: string | null;
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
            /** @description Null where the footage can be had, and in a gap. */
            unavailable: components["schemas"]["Unavailable"] | null;
        };
        /**
         * LinkBegin
         * @description That it is still the same person: their password, where the account has one.
         */
        LinkBegin: {
            /**
             * Next
             * @description The page to come back to; with `error` in its query where it failed.
             * @default /
             */
            next: string;
            /** Password */
            password?: string | null;
        };
        /**
         * LinkBegun
         * @description Go there.
         */
        LinkBegun: {
            /** Location */
            location: string;
        };
        /**
         * LiveClockOut
         * @description What time the server has, for a player that tells how old its picture is.
         */
        LiveClockOut: {
            /** Now Ms */
            now_ms: number;
        };
        /**
         * LivePastOut
         * @description A view that has ended.
         */
        LivePastOut: {
            /** Address */
            address: string;
            /**
             * Agent
             * @description The program that watches, in short.
             */
            agent: string;
            /**
             * Bytes
             * @description Sent so far.
             */
            bytes: number;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Camera Name */
            camera_name: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /** @description Empty: who watched left. */
            end_reason: components["schemas"]["EndReason"];
            /**
             * Exact
             * @description False: the server stopped while it went on. It ended then or later.
             */
            exact: boolean;
            /**
             * First Frame Ms
             * @description From asking for the stream to its first picture, by the player.
             */
            first_frame_ms: number | null;
            /**
             * Frames Dropped
             * @description Decoded too late to be shown, by the player.
             */
            frames_dropped: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Median Latency Ms */
            median_latency_ms: number | null;
            /**
             * Parts Dropped
             * @description Parts or frames left out because they did not keep up.
             */
            parts_dropped: number;
            /**
             * Quality
             * @description Of a transcoded one; empty: as the camera sends it.
             */
            quality: string;
            /**
             * Stalls
             * @description How often the picture stood still, by the player; null: it told nothing.
             */
            stalls: number | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Stream
             * @description `main` or `sub`.
             */
            stream: string;
            transport: components["schemas"]["Transport"];
            /**
             * View
             * @description Of its entries in the audit log (`after.view`).
             */
            view: string;
            viewer: components["schemas"]["LiveViewerOut"];
        };
        /**
         * LiveSessionOut
         * @description A view that goes on. Numbers of views that another api process serves are up to ten seconds old.
         */
        LiveSessionOut: {
            /** Address */
            address: string;
            /**
             * Agent
             * @description The program that watches, in short.
             */
            agent: string;
            /**
             * Bytes
             * @description Sent so far.
             */
            bytes: number;
            /** Bytes Per S */
            bytes_per_s: number;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Camera Name */
            camera_name: string;
            /**
             * First Frame Ms
             * @description From asking for the stream to its first picture, by the player.
             */
            first_frame_ms: number | null;
            /** Fps */
            fps: number | null;
            /**
             * Frames Dropped
             * @description Decoded too late to be shown, by the player.
             */
            frames_dropped: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Latency Ms
             * @description How old the shown picture is, by the player.
             */
            latency_ms: number | null;
            /** May End */
            may_end: boolean;
            /**
             * Mine
             * @description One's own.
             */
            mine: boolean;
            /**
             * Parts Dropped
             * @description Parts or frames left out because they did not keep up.
             */
            parts_dropped: number;
            /**
             * Quality
             * @description Of a transcoded one; empty: as the camera sends it.
             */
            quality: string;
            /**
             * Stalls
             * @description How often the picture stood still, by the player; null: it told nothing.
             */
            stalls: number | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Stream
             * @description `main` or `sub`.
             */
            stream: string;
            transport: components["schemas"]["Transport"];
            /**
             * View
             * @description Of its entries in the audit log (`after.view`).
             */
            view: string;
            viewer: components["schemas"]["LiveViewerOut"];
        };
        /**
         * LiveSumOut
         * @description Views of an hour or a day.
         */
        LiveSumOut: {
            /** Bytes */
            bytes: number;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Hours
             * @description Watched in it, by all together.
             */
            hours: number;
            /**
             * Peak
             * @description The most at once.
             */
            peak: number;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Views
             * @description That began in it.
             */
            views: number;
        };
        /**
         * LiveSumsOut
         * @description In the order of time, without a hole.
         */
        LiveSumsOut: {
            /** Items */
            items: components["schemas"]["LiveSumOut"][];
        };
        /**
         * LiveViewerOut
         * @description Who watches.
         */
        LiveViewerOut: {
            /**
             * Id
             * @description Of the user.
             */
            id: string | null;
            /**
             * Kind
             * @description How they came in.
             * @enum {string}
             */
            kind: "session" | "token" | "ticket" | "share" | "system" | "nobody" | "setup";
            /** Name */
            name: string;
            /**
             * Token Name
             * @description Of the API token that it came with.
             */
            token_name: string | null;
        };
        /**
         * LiveWatchedListOut
         * @description The cameras that somebody watches; all others nobody does.
         */
        LiveWatchedListOut: {
            /** Items */
            items: components["schemas"]["LiveWatchedOut"][];
        };
        /**
         * LiveWatchedOut
         * @description How many watch this camera.
         */
        LiveWatchedOut: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Viewers */
            viewers: number;
        };
        /**
         * LiveWatchingOut
         * @description How many watch a camera.
         */
        LiveWatchingOut: {
            /** Viewers */
            viewers: number;
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
        /**
         * Login
         * @description Who one is.
         */
        Login: {
            /**
             * Code
             * @description Of the authenticator app, or a recovery code.
             */
            code?: string | null;
            /**
             * Password
             * Format: password
             */
            password: string;
            /**
             * Transport
             * @description `bearer` answers the tokens, for programs. `cookie` sets them as cookies that no script can read, for browsers; requests with those cookies that change something carry a header `X-Vedette-Client`.
             * @default bearer
             * @enum {string}
             */
            transport: "bearer" | "cookie";
            /** Username */
            username: string;
        };
        /**
         * LoginCount
         * @description Logins of one person, or failures under one name, from one address.
         */
        LoginCount: {
            /** Address */
            address: string;
            /** Count */
            count: number;
            /**
             * First
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            first: string;
            /**
             * Last
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            last: string;
            /** Name */
            name: string;
            /** User Id */
            user_id: string | null;
        };
        /**
         * Mapping
         * @description Who has `value` in the groups claim becomes a member of a group here, or has a role: everywhere or in a zone.
         */
        Mapping: {
            /** Group Id */
            group_id?: string | null;
            /** Role Id */
            role_id?: string | null;
            /** Value */
            value: string;
            /** Zone Id */
            zone_id?: string | null;
        };
        /**
         * MappingOut
         * @description A mapping with the names of what it gives.
         */
        MappingOut: {
            /** Group */
            group: string | null;
            /** Group Id */
            group_id: string | null;
            /** Role */
            role: string | null;
            /** Role Id */
            role_id: string | null;
            /** Value */
            value: string;
            /** Zone */
            zone: string | null;
            /** Zone Id */
            zone_id: string | null;
        };
        /**
         * Me
         * @description Who is calling, and what they may do.
         */
        Me: {
            /**
             * Everywhere
             * @description What is allowed for the whole installation.
             */
            everywhere: components["schemas"]["Permission"][];
            /**
             * Grants
             * @description The roles that this comes from; of a program none are told.
             */
            grants: components["schemas"]["MyGrant"][];
            /**
             * Kind
             * @description `session` of a person who logged in, or `token` of a program.
             */
            kind: string;
            /** Name */
            name: string;
            /**
             * Permissions
             * @description Everything that is allowed anywhere; each camera says in `allowed` what is on it.
             */
            permissions: components["schemas"]["Permission"][];
            /** Session Expires At */
            session_expires_at: string | null;
            /** Session Id */
            session_id: string | null;
            /** @description Null for a person. */
            token: components["schemas"]["MyToken"] | null;
            /** @description Null for a program. */
            user: components["schemas"]["MyAccount"] | null;
        };
        /**
         * MediaKind
         * @description What a media ticket is for.
         * @enum {string}
         */
        MediaKind: "live" | "playback" | "still";
        /**
         * Member
         * @description One person of a group. `source` is `manual`, or the OpenID provider that put them there.
         */
        Member: {
            /** Display Name */
            display_name: string;
            /** Source */
            source: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /** Username */
            username: string;
        };
        /**
         * Move
         * @description How far a move is. `detail` says what it waits for or what was wrong.
         */
        Move: {
            /** Asked By */
            asked_by: string;
            /** Bytes */
            bytes: number;
            /** Bytes Done */
            bytes_done: number;
            /** Camera Id */
            camera_id: string | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Detail */
            detail: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /** Ended At */
            ended_at: string | null;
            /** Files */
            files: number;
            /** Files Done */
            files_done: number;
            /** Files Failed */
            files_failed: number;
            /** From Volume Id */
            from_volume_id: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Start */
            start: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * State
             * @description waiting, running, done, failed (some files stay where they were) or cancelled
             */
            state: string;
            /** Volume Id */
            volume_id: number;
        };
        /**
         * MoveAsked
         * @description Closed footage that ended before `end`, or that is older than so many days. One of the two must be given.
         */
        MoveAsked: {
            /**
             * Camera Id
             * @description Id or slug; null for all.
             */
            camera_id?: string | null;
            /** End */
            end?: string | null;
            /**
             * From Volume Id
             * @description Null for all others.
             */
            from_volume_id?: number | null;
            /** Older Than Days */
            older_than_days?: number | null;
            /**
             * Start
             * @description Only files that begin at or after this.
             */
            start?: string | null;
            /**
             * Volume Id
             * @description Where to.
             */
            volume_id: number;
        };
        /**
         * MoveList
         * @description The newest moves.
         */
        MoveList: {
            /** Items */
            items: components["schemas"]["Move"][];
            /** Next */
            next?: null;
        };
        /**
         * Movement
         * @description Speeds from -1 to 1; all zero stops. A movement ends by itself after two seconds, unless it is repeated.
         */
        Movement: {
            /**
             * Pan
             * @description To the right.
             * @default 0
             */
            pan: number;
            /**
             * Tilt
             * @description Up.
             * @default 0
             */
            tilt: number;
            /**
             * Zoom
             * @description Nearer.
             * @default 0
             */
            zoom: number;
        };
        /**
         * MyAccount
         * @description The caller's account.
         */
        MyAccount: {
            /** Display Name */
            display_name: string;
            /** Email */
            email: string | null;
            /** Has Password */
            has_password: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Must Change Password */
            must_change_password: boolean;
            /** Recovery Codes Left */
            recovery_codes_left: number;
            /**
             * Totp
             * @description Whether a second factor is asked for.
             */
            totp: boolean;
            /** Username */
            username: string;
        };
        /**
         * MyGrant
         * @description A role of the caller, and where and when it holds.
         */
        MyGrant: {
            /**
             * At Hours
             * @description Only at certain hours of the week.
             */
            at_hours: boolean;
            /**
             * Camera Id
             * @description The one camera that it is limited to.
             */
            camera_id: string | null;
            /**
             * Group
             * @description Name of the group that it comes by; null when it was given by name.
             */
            group: string | null;
            /**
             * In Force
             * @description Whether it holds at this moment.
             */
            in_force: boolean;
            /** Role */
            role: string;
            /** Valid Until */
            valid_until: string | null;
            /**
             * Zone
             * @description Name of the zone that it is limited to.
             */
            zone: string | null;
            /** Zone Id */
            zone_id: string | null;
        };
        /**
         * MyPatch
         * @description What everybody may change of their own account.
         */
        MyPatch: {
            /** Display Name */
            display_name: string;
        };
        /**
         * MyToken
         * @description The API token that a program came with.
         */
        MyToken: {
            /**
             * Cameras
             * @description Those that it reaches at this moment; null: all.
             */
            cameras: string[] | null;
            /** Id */
            id: string | null;
            /** Name */
            name: string;
            /**
             * Username
             * @description Whose it is.
             */
            username: string;
        };
        /**
         * OfferedProvider
         * @description A button of the login page. `id` is for its addresses: /auth/oidc/{id}/start.
         */
        OfferedProvider: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * OfferedProviders
         * @description By name.
         */
        OfferedProviders: {
            /** Items */
            items: components["schemas"]["OfferedProvider"][];
        };
        /** Page[ApiToken] */
        Page_ApiToken_: {
            /** Items */
            items: components["schemas"]["ApiToken"][];
            /** Next */
            next: string | null;
        };
        /** Page[AuditEntry] */
        Page_AuditEntry_: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next */
            next: string | null;
        };
        /** Page[Bookmark] */
        Page_Bookmark_: {
            /** Items */
            items: components["schemas"]["Bookmark"][];
            /** Next */
            next: string | null;
        };
        /** Page[Camera] */
        Page_Camera_: {
            /** Items */
            items: components["schemas"]["Camera"][];
            /** Next */
            next: string | null;
        };
        /** Page[GrantOut] */
        Page_GrantOut_: {
            /** Items */
            items: components["schemas"]["GrantOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[Group] */
        Page_Group_: {
            /** Items */
            items: components["schemas"]["Group"][];
            /** Next */
            next: string | null;
        };
        /** Page[LivePastOut] */
        Page_LivePastOut_: {
            /** Items */
            items: components["schemas"]["LivePastOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[LiveSessionOut] */
        Page_LiveSessionOut_: {
            /** Items */
            items: components["schemas"]["LiveSessionOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[PermissionOut] */
        Page_PermissionOut_: {
            /** Items */
            items: components["schemas"]["PermissionOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[Preset] */
        Page_Preset_: {
            /** Items */
            items: components["schemas"]["Preset"][];
            /** Next */
            next: string | null;
        };
        /** Page[Provider] */
        Page_Provider_: {
            /** Items */
            items: components["schemas"]["Provider"][];
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
        /** Page[Role] */
        Page_Role_: {
            /** Items */
            items: components["schemas"]["Role"][];
            /** Next */
            next: string | null;
        };
        /** Page[ShareLink] */
        Page_ShareLink_: {
            /** Items */
            items: components["schemas"]["ShareLink"][];
            /** Next */
            next: string | null;
        };
        /** Page[StreamGap] */
        Page_StreamGap_: {
            /** Items */
            items: components["schemas"]["StreamGap"][];
            /** Next */
            next: string | null;
        };
        /** Page[User] */
        Page_User_: {
            /** Items */
            items: components["schemas"]["User"][];
            /** Next */
            next: string | null;
        };
        /** Page[Wall] */
        Page_Wall_: {
            /** Items */
            items: components["schemas"]["Wall"][];
            /** Next */
            next: string | null;
        };
        /** Page[WallRole] */
        Page_WallRole_: {
            /** Items */
            items: components["schemas"]["WallRole"][];
            /** Next */
            next: string | null;
        };
        /** Page[WallZone] */
        Page_WallZone_: {
            /** Items */
            items: components["schemas"]["WallZone"][];
            /** Next */
            next: string | null;
        };
        /** Page[Zone] */
        Page_Zone_: {
            /** Items */
            items: components["schemas"]["Zone"][];
            /** Next */
            next: string | null;
        };
        /**
         * PasswordAgain
         * @description That it is still the same person.
         */
        PasswordAgain: {
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * PasswordChange
         * @description One's own.
         */
        PasswordChange: {
            /**
             * Current Password
             * Format: password
             */
            current_password: string;
            /**
             * New Password
             * Format: password
             */
            new_password: string;
        };
        /**
         * PasswordSet
         * @description A password for somebody else.
         */
        PasswordSet: {
            /**
             * End Sessions
             * @description They are logged out everywhere.
             * @default true
             */
            end_sessions: boolean;
            /**
             * Must Change Password
             * @description They choose their own at the next login.
             * @default true
             */
            must_change_password: boolean;
            /**
             * Password
             * Format: password
             */
            password: string;
            /**
             * Revoke Tokens
             * @description Their API tokens end for good. Left out, those go on working (of who is disabled: once they are let in again).
             * @default false
             */
            revoke_tokens: boolean;
        };
        /**
         * Permission
         * @description One thing that a caller may or may not do.
         * @enum {string}
         */
        Permission: "live.view" | "playback.view" | "camera.view" | "camera.edit" | "recording.control" | "recording.delete" | "export.create" | "share.create" | "evidence.lock" | "ptz.control" | "talk.use" | "wall.share" | "camera.create" | "storage.view" | "storage.manage" | "user.manage" | "audit.view" | "system.view" | "system.manage";
        /**
         * PermissionOut
         * @description One permission.
         */
        PermissionOut: {
            /**
             * For Tokens
             * @description Whether an API token can have it; the others take a person.
             */
            for_tokens: boolean;
            /**
             * Implies
             * @description What comes with it, on the same cameras and at the same hours.
             */
            implies: components["schemas"]["Permission"][];
            name: components["schemas"]["Permission"];
            /**
             * Of A Camera
             * @description Whether a grant of it can be limited to zones and cameras.
             */
            of_a_camera: boolean;
            /**
             * Used
             * @description Whether any operation asks for it yet.
             */
            used: boolean;
        };
        /**
         * PermittedOut
         * @description What a user has of one permission.
         */
        PermittedOut: {
            /**
             * Cameras
             * @description Where it is not everywhere: the cameras that it is for.
             */
            cameras: string[];
            /**
             * Everywhere
             * @description On every camera, also on those to come; or for the whole installation.
             */
            everywhere: boolean;
            name: components["schemas"]["Permission"];
        };
        /**
         * Place
         * @description Where the site is, for sunrise and sunset.
         */
        Place: {
            /**
             * Latitude
             * @description Degrees, north is positive.
             */
            latitude: number;
            /**
             * Longitude
             * @description Degrees, east is positive.
             */
            longitude: number;
        };
        /**
         * Preferences
         * @description What holds for the whole site.
         */
        Preferences: {
            /**
             * Coverage Slo
             * @description Per cent of each day that is promised: reports.
             * @default 99.5
             */
            coverage_slo: number;
            /**
             * Keep Days
             * @description For new cameras that do not say.
             */
            keep_days?: number | null;
            /** @description Where the site is: timelines then show its nights. */
            place?: components["schemas"]["Place"] | null;
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
         * Preset
         * @description A position that the device knows by name.
         */
        Preset: {
            /** Name */
            name: string;
            /** Token */
            token: string;
        };
        /**
         * Previews
         * @description The sheets that show a span, oldest first.
         */
        Previews: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Columns
             * @description Pictures in a row, or all of them where there are fewer.
             */
            columns: number;
            /** Sheets */
            sheets: components["schemas"]["PreviewSheet"][];
            /** Step Ms */
            step_ms: number;
            /**
             * Stream
             * @description main or sub
             */
            stream: string;
            /**
             * Width
             * @description Of one picture. The sheet's own height tells the picture's.
             */
            width: number;
        };
        /**
         * PreviewSheet
         * @description One JPEG with pictures of a recording, row by row. Picture n is of `first` + n times the step.
         */
        PreviewSheet: {
            /**
             * Count
             * @description Places on it. Those without a picture are black.
             */
            count: number;
            /**
             * End
             * Format: date-time
             * @description Where it ends.
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * First
             * Format: date-time
             * @description The begin of its first picture's stretch of time.
             * @example 2026-11-21T14:05:12.250Z
             */
            first: string;
            /**
             * Start
             * Format: date-time
             * @description Where the footage that it shows begins.
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Url
             * @description Relative to this answer's address.
             * @example ../segments/0199.../previews/10000-0.jpg
             */
            url: string;
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
             * Name
             * @description What the camera is to be called: refused before the test where it is taken.
             */
            name?: string | null;
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
            /**
             * Place
             * @description Where in the storage it is, as a file's path. Only for `storage.view`.
             */
            place?: string | null;
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
         * Provider
         * @description An OpenID provider. Its client secret is never shown.
         */
        Provider: {
            /** Client Id */
            client_id: string;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Enabled */
            enabled: boolean;
            /** Groups Claim */
            groups_claim: string;
            /** Has Client Secret */
            has_client_secret: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Issuer */
            issuer: string;
            /** Mappings */
            mappings: components["schemas"]["MappingOut"][];
            /** Name */
            name: string;
            /**
             * New Users
             * @enum {string}
             */
            new_users: "refuse" | "mapped" | "all";
            /**
             * People
             * @description How many accounts are linked with it.
             */
            people: number;
            /**
             * Redirect Url
             * @description To be registered at the provider; it has the host of this request.
             */
            redirect_url: string;
            /** Required Acr */
            required_acr: string;
            /** Required Amr */
            required_amr: string;
            /** Scopes */
            scopes: string;
            /** Session Hours */
            session_hours: number;
            /** Slug */
            slug: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            updated_at: string;
            /** Username Claim */
            username_claim: string;
        };
        /**
         * ProviderCreate
         * @description An OpenID provider.
         */
        ProviderCreate: {
            /** Client Id */
            client_id: string;
            /**
             * Client Secret
             * @description Kept sealed and never shown. None: a public client.
             */
            client_secret?: string | null;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /**
             * Groups Claim
             * @description A claim, or a path as `realm_access.roles`.
             * @default groups
             */
            groups_claim: string;
            /**
             * Issuer
             * @description As the provider itself calls it.
             * @example https://id.example.org/realms/main
             */
            issuer: string;
            /**
             * Mappings
             * @description What the provider's groups mean here. Given anew, it takes the place of all of them.
             */
            mappings?: components["schemas"]["Mapping"][];
            /**
             * Name
             * @description On the button of the login page.
             */
            name: string;
            /**
             * New Users
             * @description Who has no account here: `refuse` keeps them out, `mapped` makes an account for those whom a mapping gives something, `all` for everybody whom the provider knows.
             * @default mapped
             * @enum {string}
             */
            new_users: "refuse" | "mapped" | "all";
            /**
             * Required Acr
             * @description Asked for; one of these words must come back as `acr`.
             * @default
             */
            required_acr: string;
            /**
             * Required Amr
             * @description One of these words must come back in `amr`, as `mfa otp`.
             * @default
             */
            required_amr: string;
            /**
             * Scopes
             * @default openid profile email
             */
            scopes: string;
            /**
             * Session Hours
             * @description For how many hours a login by it is good; then people log in again. Whoever was removed at the provider is out by then.
             * @default 12
             */
            session_hours: number;
            /**
             * Slug
             * @description In the redirect URL. It never changes.
             */
            slug: string;
            /**
             * Username Claim
             * @default preferred_username
             */
            username_claim: string;
        };
        /**
         * ProviderPatch
         * @description What to change. What is left out stays; only `client_secret` can be null: then there is none.
         */
        ProviderPatch: {
            /** Client Id */
            client_id?: string | null;
            /** Client Secret */
            client_secret?: string | null;
            /** Enabled */
            enabled?: boolean | null;
            /** Groups Claim */
            groups_claim?: string | null;
            /**
             * Issuer
             * @description Refused while accounts are linked with the former one.
             */
            issuer?: string | null;
            /**
             * Mappings
             * @description What the provider's groups mean here. Given anew, it takes the place of all of them.
             */
            mappings?: components["schemas"]["Mapping"][] | null;
            /** Name */
            name?: string | null;
            /**
             * New Users
             * @description Who has no account here: `refuse` keeps them out, `mapped` makes an account for those whom a mapping gives something, `all` for everybody whom the provider knows.
             */
            new_users?: ("refuse" | "mapped" | "all") | null;
            /** Required Acr */
            required_acr?: string | null;
            /** Required Amr */
            required_amr?: string | null;
            /** Scopes */
            scopes?: string | null;
            /**
             * Session Hours
             * @description For how many hours a login by it is good; then people log in again. Whoever was removed at the provider is out by then.
             */
            session_hours?: number | null;
            /** Username Claim */
            username_claim?: string | null;
        };
        /**
         * QualitiesOut
         * @description The qualities of one stream. `renditions` is empty where conversion is switched off, or the size of the
         *     stream's picture is not known yet.
         */
        QualitiesOut: {
            /** Codec */
            codec: string | null;
            /** Height */
            height: number | null;
            /** Renditions */
            renditions: components["schemas"]["RenditionOut"][];
            /**
             * Spare
             * @description Whether one more transcode could begin now.
             */
            spare: boolean;
            /**
             * Stream
             * @enum {string}
             */
            stream: "main" | "sub";
            /** Width */
            width: number | null;
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
            /**
             * Gap After
             * @description The cause of the gap that follows it.
             */
            gap_after: string | null;
            /**
             * Gap Before
             * @description The cause of the gap that it follows; null where it follows none.
             */
            gap_before: string | null;
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
         * RecordingSums
         * @description All recordings that fit, whatever the list shows.
         */
        RecordingSums: {
            /** Bytes */
            bytes: number;
            /** Count */
            count: number;
            /**
             * Duration Ms
             * @description Of whole recordings, also where only a part lies in the span.
             */
            duration_ms: number;
            /** End */
            end: string | null;
            /**
             * Start
             * @description Where the first one begins; null without any.
             */
            start: string | null;
        };
        /**
         * RecoveryCodes
         * @description Each logs in once when the app is lost. They are shown this once.
         */
        RecoveryCodes: {
            /** Recovery Codes */
            recovery_codes: string[];
        };
        /**
         * Refresh
         * @description For programs; browsers send the cookie and no body.
         */
        Refresh: {
            /** Refresh Token */
            refresh_token?: string | null;
        };
        /**
         * RemovedCamera
         * @description A deleted camera. Playback, coverage and recordings know it by its id as before.
         */
        RemovedCamera: {
            /**
             * Allowed
             * @description What the caller may do with it at this moment.
             */
            allowed: components["schemas"]["Permission"][];
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
         * RenditionOut
         * @description A quality that a stream can be had in.
         */
        RenditionOut: {
            /**
             * Bitrate
             * @description Bits per second at most, with the sound.
             */
            bitrate: number;
            /** Height */
            height: number;
            quality: components["schemas"]["Rung"];
            /**
             * Running
             * @description Somebody watches it already: it costs nothing more.
             */
            running: boolean;
            /** Width */
            width: number;
        };
        /**
         * Report
         * @description What a player saw since it began. All of it may be left out; numbers that make no sense are refused.
         */
        Report: {
            /**
             * First Frame Ms
             * @description From asking for the stream to its first picture.
             */
            first_frame_ms?: number | null;
            /** Fps */
            fps?: number | null;
            /**
             * Frames Dropped
             * @description Decoded too late to be shown.
             */
            frames_dropped?: number | null;
            /**
             * Latency Ms
             * @description How old the shown picture is, by the server's clock.
             */
            latency_ms?: number | null;
            /**
             * Stalls
             * @description How often the picture stood still.
             */
            stalls?: number | null;
        };
        /**
         * ReportVerdict
         * @description Whether a report is what was signed here.
         */
        ReportVerdict: {
            /** Cameras */
            cameras: number | null;
            /** Good */
            good: boolean;
            /**
             * Kid
             * @description The key that signed it.
             */
            kid: string | null;
            /**
             * Kind
             * @description json, pdf, or unknown
             */
            kind: string;
            /** Made */
            made: string | null;
            /** Made By */
            made_by: string | null;
            /**
             * Month
             * @description Of JSON: what it says of itself.
             */
            month: string | null;
            /**
             * Problem
             * @description Why not, in words.
             */
            problem: string | null;
            /** Timezone */
            timezone: string | null;
        };
        /**
         * Role
         * @description A set of permissions.
         */
        Role: {
            /**
             * Built In
             * @description Always there; can't be changed or deleted.
             */
            built_in: boolean;
            /** Description */
            description: string;
            /**
             * Grants
             * @description How many grants give it.
             */
            grants: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Permissions */
            permissions: components["schemas"]["Permission"][];
        };
        /**
         * RoleCreate
         * @description A custom role.
         */
        RoleCreate: {
            /**
             * Description
             * @default
             */
            description: string;
            /** Name */
            name: string;
            /** Permissions */
            permissions: components["schemas"]["Permission"][];
        };
        /**
         * RolePatch
         * @description What to change of a custom role.
         */
        RolePatch: {
            /** Description */
            description?: string | null;
            /** Name */
            name?: string | null;
            /** Permissions */
            permissions?: components["schemas"]["Permission"][] | null;
        };
        /**
         * RtspAddress
         * @description Where RTSP answers. `detail` says what is wrong, or should be known.
         */
        RtspAddress: {
            /**
             * Detail
             * @default
             */
            detail: string;
            /**
             * Main
             * @example rtsp://nvr.local:8554/front-door
             */
            main: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "on" | "off" | "taken";
            /**
             * Sub
             * @description Null where the camera has no sub-stream.
             */
            sub: string | null;
        };
        /**
         * Rung
         * @description Qualities that can be asked for, best first.
         * @enum {string}
         */
        Rung: "h264" | "1440p" | "1080p" | "720p" | "480p" | "360p";
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
         * SessionList
         * @description Those that are not over.
         */
        SessionList: {
            /** Items */
            items: components["schemas"]["SessionOut"][];
            /** Next */
            next?: null;
        };
        /**
         * SessionOut
         * @description A login.
         */
        SessionOut: {
            /** Address */
            address: string;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /**
             * Current
             * @description The one that asks.
             */
            current: boolean;
            /**
             * Expires At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Last Seen At
             * Format: date-time
             * @description When its tokens were last renewed.
             * @example 2026-11-21T14:05:12.250Z
             */
            last_seen_at: string;
            /** Method */
            method: string;
            /** User Agent */
            user_agent: string;
        };
        /**
         * Setup
         * @description The first administrator.
         */
        Setup: {
            /**
             * Display Name
             * @default
             */
            display_name: string;
            /**
             * Password
             * Format: password
             */
            password: string;
            /**
             * Token
             * @description As printed on the console.
             */
            token: string;
            /**
             * Transport
             * @description `bearer` answers the tokens, for programs. `cookie` sets them as cookies that no script can read, for browsers; requests with those cookies that change something carry a header `X-Vedette-Client`.
             * @default bearer
             * @enum {string}
             */
            transport: "bearer" | "cookie";
            /** Username */
            username: string;
        };
        /**
         * SetupState
         * @description Whether there is an account.
         */
        SetupState: {
            /**
             * Needed
             * @description There is none: the first administrator is to be made.
             */
            needed: boolean;
        };
        /**
         * SharedFootage
         * @description What was shared, with a ticket to play it: `/playback/{camera_id}/index.m3u8?start=&end=&ticket=`.
         */
        SharedFootage: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Camera Name */
            camera_name: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Expires At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            expires_at: string;
            /**
             * Expires In
             * @description Seconds for which the ticket is good.
             */
            expires_in: number;
            /** Note */
            note: string;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /** Ticket */
            ticket: string;
        };
        /**
         * ShareLink
         * @description A link without its token.
         */
        ShareLink: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Camera Name
             * @description Null for who may not see the camera.
             */
            camera_name: string | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Expires At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last View At */
            last_view_at: string | null;
            /** Most Views */
            most_views: number | null;
            /** Note */
            note: string;
            /**
             * Password
             * @description Whether one is asked for.
             */
            password: boolean;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "expired" | "withdrawn" | "used_up";
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /**
             * Username
             * @description Who made it.
             */
            username: string;
            /** Views */
            views: number;
        };
        /**
         * ShareLinkCreate
         * @description A range of one camera's footage for people without an account.
         */
        ShareLinkCreate: {
            /**
             * Camera
             * @description Id or slug.
             */
            camera: string;
            /**
             * End
             * Format: date-time
             * @description At most a day after the start.
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Expires At
             * Format: date-time
             * @description The link is no good from then on.
             * @example 2026-11-21T14:05:12.250Z
             */
            expires_at: string;
            /**
             * Most Views
             * @description How often it can be opened.
             */
            most_views?: number | null;
            /**
             * Note
             * @description For whom or why; whoever opens the link reads it.
             * @default
             */
            note: string;
            /**
             * Password
             * @description Asked for before anything is shown.
             */
            password?: string | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
        };
        /**
         * ShareLinkMade
         * @description The only answer that has the token.
         */
        ShareLinkMade: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Camera Name
             * @description Null for who may not see the camera.
             */
            camera_name: string | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /**
             * End
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            end: string;
            /**
             * Expires At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last View At */
            last_view_at: string | null;
            /** Most Views */
            most_views: number | null;
            /** Note */
            note: string;
            /**
             * Password
             * @description Whether one is asked for.
             */
            password: boolean;
            /**
             * Path
             * @description The page to send somebody to, below the address of this server.
             */
            path: string;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "expired" | "withdrawn" | "used_up";
            /** Token */
            token: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /**
             * Username
             * @description Who made it.
             */
            username: string;
            /** Views */
            views: number;
        };
        /**
         * ShareOpen
         * @description How a link is opened.
         */
        ShareOpen: {
            /** Password */
            password?: string | null;
            /**
             * Ticket
             * @description The ticket of this same view, to get the next one: no new view, no password.
             */
            ticket?: string | null;
        };
        /**
         * ShareState
         * @description What a link's page asks first. It says nothing of what is shared.
         */
        ShareState: {
            /** Password Needed */
            password_needed: boolean;
        };
        /**
         * SigningKeyOut
         * @description A public key as a JSON web key (RFC 7517, RFC 8037).
         */
        SigningKeyOut: {
            /** Alg */
            alg: string;
            /**
             * Created
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created: string;
            /** Crv */
            crv: string;
            /**
             * Kid
             * @description Its thumbprint (RFC 7638).
             */
            kid: string;
            /** Kty */
            kty: string;
            /** Use */
            use: string;
            /** X */
            x: string;
        };
        /**
         * SigningKeySet
         * @description A JSON web key set.
         */
        SigningKeySet: {
            /** Keys */
            keys: components["schemas"]["SigningKeyOut"][];
        };
        /**
         * SpanStreams
         * @description Which streams have footage of a span.
         */
        SpanStreams: {
            /**
             * Streams
             * @description The main one first; those without footage are left out.
             */
            streams: components["schemas"]["StreamOfSpan"][];
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
         * StreamGap
         * @description A span of a stream without footage, as it was noted.
         */
        StreamGap: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Cause */
            cause: string;
            /** Detail */
            detail: string;
            /**
             * Duration Ms
             * @description Up to now, while it lasts.
             */
            duration_ms: number;
            /**
             * End
             * @description Null while it lasts.
             */
            end: string | null;
            /** Id */
            id: number;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /**
             * Stream
             * @description main or sub
             */
            stream: string;
        };
        /**
         * StreamGapSums
         * @description All gaps that fit, by cause, the longest first.
         */
        StreamGapSums: {
            /** Causes */
            causes: components["schemas"]["CauseSums"][];
            /** Count */
            count: number;
            /** Duration Ms */
            duration_ms: number;
        };
        /**
         * StreamOfSpan
         * @description A stream of a camera, as it was recorded over a span.
         */
        StreamOfSpan: {
            /**
             * Average Bandwidth
             * @description Bits per second of the footage on average.
             */
            average_bandwidth: number;
            /**
             * Bandwidth
             * @description Bits per second where it has most of them.
             */
            bandwidth: number;
            /**
             * Codecs
             * @description As in RFC 6381: for `MediaSource.isTypeSupported`.
             */
            codecs: string;
            /** Fps */
            fps: number | null;
            /** Height */
            height: number | null;
            /**
             * Recorded Ms
             * @description How much footage the files hold that reach into the span.
             */
            recorded_ms: number;
            /** Sound */
            sound: boolean;
            /**
             * Stream
             * @description `main` or `sub`.
             */
            stream: string;
            /**
             * Width
             * @description Of most of it. Null without a picture.
             */
            width: number | null;
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
             * @description Without credentials; secret parameters are masked. Null for who may not change the camera.
             */
            url: string | null;
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
            /** @description Where the site is, where that was set. */
            place: components["schemas"]["Place"] | null;
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
         * TestResult
         * @description What a provider answered.
         */
        TestResult: {
            /** Findings */
            findings: components["schemas"]["Finding"][];
            /**
             * Ok
             * @description Nothing was found that keeps people from logging in.
             */
            ok: boolean;
        };
        /**
         * TicketGiven
         * @description One that was asked for. `ticket` is null where it is refused; `code` and `detail` say why.
         */
        TicketGiven: {
            /**
             * Camera
             * @description As it was asked for.
             */
            camera: string;
            /** Camera Id */
            camera_id: string | null;
            /**
             * Code
             * @example camera.not_found
             */
            code?: string | null;
            /** Detail */
            detail?: string | null;
            /** End */
            end: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * Expires In
             * @description Seconds for which it is good, for clocks that are wrong.
             */
            expires_in: number | null;
            kind: components["schemas"]["MediaKind"];
            /** Start */
            start: string | null;
            /**
             * Ticket
             * @description Add it as `?ticket=` to the address.
             */
            ticket: string | null;
        };
        /**
         * TicketsGiven
         * @description In the order of what was asked for.
         */
        TicketsGiven: {
            /** Items */
            items: components["schemas"]["TicketGiven"][];
            /** Next */
            next?: null;
        };
        /**
         * TicketsWanted
         * @description Tickets for what a page is going to show.
         */
        TicketsWanted: {
            /** Items */
            items: components["schemas"]["TicketWanted"][];
            /**
             * Seconds
             * @description For how long; at most, and by default, what the server is set to (5 minutes).
             */
            seconds?: number | null;
        };
        /**
         * TicketWanted
         * @description One camera, one kind of media, of footage one range.
         */
        TicketWanted: {
            /**
             * Camera
             * @description Id or slug.
             */
            camera: string;
            /**
             * End
             * @description At most 31 days after the start.
             */
            end?: string | null;
            /** @description `live`: the live stream. `playback`: playlists and footage of the range. `still`: pictures, of now or of the range. */
            kind: components["schemas"]["MediaKind"];
            /** Start */
            start?: string | null;
        };
        /**
         * Tokens
         * @description A session and its tokens. They are null where they went into cookies.
         */
        Tokens: {
            /** Access Token */
            access_token: string | null;
            /**
             * Expires In
             * @description Seconds for which the access token is good.
             */
            expires_in: number;
            /**
             * Refresh Token
             * @description Good once: each use answers the next one.
             */
            refresh_token: string | null;
            /**
             * Session Expires At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            session_expires_at: string;
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /**
             * Token Type
             * @default Bearer
             * @constant
             */
            token_type: "Bearer";
        };
        /**
         * TokenUsageList
         * @description The newest day first, and on a day what was asked most often.
         */
        TokenUsageList: {
            /** Items */
            items: components["schemas"]["TokenUse"][];
            /** Next */
            next?: null;
        };
        /**
         * TokenUse
         * @description Requests of a token on one day to one route.
         */
        TokenUse: {
            /**
             * Day
             * @description In UTC.
             * @example 2026-11-21
             */
            day: string;
            /** Requests */
            requests: number;
            /**
             * Route
             * @example GET /api/v1/cameras/{camera}
             */
            route: string;
        };
        /**
         * TotpBegun
         * @description A secret to put into an authenticator app. It holds once it was confirmed with a code.
         */
        TotpBegun: {
            /**
             * Pending
             * @description Send it back with the first code, within ten minutes.
             */
            pending: string;
            /** Secret */
            secret: string;
            /**
             * Uri
             * @description For a QR code.
             */
            uri: string;
        };
        /**
         * TotpConfirm
         * @description The first code of the app.
         */
        TotpConfirm: {
            /** Code */
            code: string;
            /** Pending */
            pending: string;
        };
        /**
         * TotpDisable
         * @description Password and a code, of the app or a recovery code.
         */
        TotpDisable: {
            /** Code */
            code: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * TranscodeOut
         * @description A conversion that runs because somebody watches it.
         */
        TranscodeOut: {
            /** Bitrate */
            bitrate: number;
            /** Camera */
            camera: string;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Codecs */
            codecs: string;
            /**
             * Cpu
             * @description Percent of one core.
             */
            cpu: number;
            /**
             * Damaged
             * @description Pictures of the camera that could not be decoded.
             */
            damaged: number;
            /**
             * Encoder
             * @description None: the video is passed on as it is, or nothing came out of it yet.
             */
            encoder: string | null;
            /**
             * Failure
             * @description What is wrong now; empty when all is well.
             */
            failure: string;
            /** Fps */
            fps: number;
            /** Height */
            height: number | null;
            /**
             * Latency Ms
             * @description What converting adds to the age of a picture, on average.
             */
            latency_ms: number;
            quality: components["schemas"]["Rung"];
            /** Restarts */
            restarts: number;
            /**
             * Since
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            since: string;
            /**
             * Skipped
             * @description Pictures left out because the machine did not keep up.
             */
            skipped: number;
            /** Stream */
            stream: string;
            /** Viewers */
            viewers: number;
            /** Width */
            width: number | null;
        };
        /**
         * Transport
         * @description How live pictures get to who watches.
         * @enum {string}
         */
        Transport: "mse" | "wall" | "hls" | "whep" | "rtsp" | "mjpeg";
        /**
         * Unavailable
         * @description Why footage that was recorded can't be had now.
         */
        Unavailable: {
            /**
             * Code
             * @description `recording.file_missing`, `recording.damaged` or `volume.unreachable`.
             */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Place
             * @description The path of its file. Null for who may not see the storage (`storage.view`).
             */
            place: string | null;
        };
        /**
         * User
         * @description A user. No hash, secret or code is ever shown.
         */
        User: {
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /** Disabled */
            disabled: boolean;
            /** Display Name */
            display_name: string;
            /** Email */
            email: string | null;
            /**
             * Groups
             * @description Names of the groups.
             */
            groups: string[];
            /** Has Password */
            has_password: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Login At */
            last_login_at: string | null;
            /**
             * Limited Roles
             * @description Those granted by name in zones or on cameras only.
             */
            limited_roles: string[];
            /** Must Change Password */
            must_change_password: boolean;
            /**
             * Roles
             * @description Those granted to this user by name and for everything.
             */
            roles: string[];
            /** Totp */
            totp: boolean;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            updated_at: string;
            /** Username */
            username: string;
        };
        /**
         * UserCreate
         * @description A new user. Without a password they can come by an OpenID provider only.
         */
        UserCreate: {
            /**
             * Display Name
             * @default
             */
            display_name: string;
            /** Email */
            email?: string | null;
            /**
             * Must Change Password
             * @default false
             */
            must_change_password: boolean;
            /** Password */
            password?: string | null;
            /**
             * Role
             * @description A role for everything; grants in zones and on cameras are given separately.
             */
            role?: string | null;
            /** Username */
            username: string;
        };
        /**
         * UserDisable
         * @description What ends besides the sessions.
         */
        UserDisable: {
            /**
             * Revoke Tokens
             * @description Their API tokens end for good. Left out, those go on working (of who is disabled: once they are let in again).
             * @default false
             */
            revoke_tokens: boolean;
        };
        /**
         * UserPatch
         * @description What to change.
         */
        UserPatch: {
            /** Display Name */
            display_name?: string | null;
            /** Email */
            email?: string | null;
            /** Must Change Password */
            must_change_password?: boolean | null;
        };
        /**
         * UserPermissions
         * @description All permissions with what a user has of each at an instant, by name and by groups. `next` is always null.
         */
        UserPermissions: {
            /**
             * At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            at: string;
            /** Items */
            items: components["schemas"]["PermittedOut"][];
            /** Next */
            next?: null;
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
            /** @description Null for a directory. */
            bucket: components["schemas"]["BucketOut"] | null;
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
            /**
             * Kind
             * @description Cameras record to directories; to buckets footage is moved.
             * @enum {string}
             */
            kind: "directory" | "s3";
            /**
             * Location
             * @description The directory, or endpoint/bucket/prefix.
             */
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
         * Wall
         * @description A wall as its viewer may see it.
         */
        Wall: {
            /**
             * Created At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            created_at: string;
            /**
             * Hidden
             * @description How many more there are that the caller may not see.
             */
            hidden: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Layout
             * @enum {string}
             */
            layout: "auto" | "1" | "2x2" | "3x3" | "4x4" | "6x6" | "8x8" | "1+5" | "1+7";
            /** Name */
            name: string;
            /**
             * Own
             * @description It is the caller's. Others can look at it and copy it.
             */
            own: boolean;
            /**
             * Owner
             * @description User name.
             */
            owner: string;
            /** Sequence */
            sequence: boolean;
            /** Sequence Seconds */
            sequence_seconds: number;
            /**
             * Shared With
             * @description For its owner and who manages users; empty for others.
             */
            shared_with: components["schemas"]["WallRole"][];
            /**
             * Source
             * @enum {string}
             */
            source: "all" | "zone" | "tiles";
            /**
             * Tiles
             * @description Those whose cameras the caller may see, by place.
             */
            tiles: components["schemas"]["WallTile"][];
            /**
             * Updated At
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            updated_at: string;
            /** Zone */
            zone: string | null;
            /**
             * Zone Id
             * @description Null as well where the zone is gone or the caller sees nothing in it.
             */
            zone_id: string | null;
        };
        /**
         * WallCreate
         * @description A wall. Only its name is needed.
         */
        WallCreate: {
            /**
             * Layout
             * @description `auto`: as many tiles as there are cameras.
             * @default auto
             * @enum {string}
             */
            layout: "auto" | "1" | "2x2" | "3x3" | "4x4" | "6x6" | "8x8" | "1+5" | "1+7";
            /** Name */
            name: string;
            /**
             * Sequence
             * @description Whether its pages follow each other by themselves.
             * @default false
             */
            sequence: boolean;
            /**
             * Sequence Seconds
             * @description How long each page is shown.
             * @default 10
             */
            sequence_seconds: number;
            /**
             * Shared With
             * @description Ids of roles whose holders may look at it. Takes `wall.share`.
             */
            shared_with?: string[];
            /**
             * Source
             * @description Every camera that the viewer may see, those of a zone, or the ones in `tiles`.
             * @default all
             * @enum {string}
             */
            source: "all" | "zone" | "tiles";
            /**
             * Tiles
             * @description With `source` tiles. What has no tile is empty.
             */
            tiles?: components["schemas"]["WallTile"][];
            /**
             * Zone Id
             * @description With `source` zone.
             */
            zone_id?: string | null;
        };
        /**
         * WallPatch
         * @description What to change of a wall; only `zone_id` can be null.
         */
        WallPatch: {
            /** Layout */
            layout?: ("auto" | "1" | "2x2" | "3x3" | "4x4" | "6x6" | "8x8" | "1+5" | "1+7") | null;
            /** Name */
            name?: string | null;
            /** Sequence */
            sequence?: boolean | null;
            /** Sequence Seconds */
            sequence_seconds?: number | null;
            /** Shared With */
            shared_with?: string[] | null;
            /** Source */
            source?: ("all" | "zone" | "tiles") | null;
            /**
             * Tiles
             * @description All of them. Cameras that you may not see stay where nothing else is put.
             */
            tiles?: components["schemas"]["WallTile"][] | null;
            /** Zone Id */
            zone_id?: string | null;
        };
        /**
         * WallRole
         * @description A role that a wall is or can be shared with.
         */
        WallRole: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * WallTile
         * @description A camera at a place.
         */
        WallTile: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Place
             * @description Counted from 0, row by row, over all pages; in 1+5 and 1+7 the large one is the first of a page.
             */
            place: number;
            /**
             * Stream
             * @description `auto`: sub in a grid, main when shown alone.
             * @default auto
             * @enum {string}
             */
            stream: "auto" | "main" | "sub";
        };
        /**
         * WallZone
         * @description A zone with the cameras in it that the caller may see.
         */
        WallZone: {
            /** Cameras */
            cameras: string[];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
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
        /**
         * WatchedView
         * @description One view: who, of which camera, from when to when, and of playback which footage was fetched.
         */
        WatchedView: {
            /** Address */
            address: string;
            /** Camera */
            camera: string | null;
            /** Camera Id */
            camera_id: string | null;
            /**
             * End
             * @description Null while it goes on.
             */
            end: string | null;
            /**
             * Entry Id
             * @description The newest entry of it.
             */
            entry_id: number;
            /**
             * Exact
             * @description False: the server stopped meanwhile; it ended then or later.
             */
            exact: boolean;
            /** Footage */
            footage: components["schemas"]["FootageSpan"][];
            /**
             * Going On
             * @description It goes on at this moment.
             */
            going_on: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "live" | "playback";
            /** Name */
            name: string;
            /**
             * Seconds
             * @description In the period, so far; null where its end is not known.
             */
            seconds: number | null;
            /** Share Id */
            share_id: string | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-11-21T14:05:12.250Z
             */
            start: string;
            /** Stream */
            stream: string | null;
            /** Token Name */
            token_name: string | null;
            /** User Id */
            user_id: string | null;
        };
        /**
         * Zone
         * @description A zone with its cameras.
         */
        Zone: {
            /**
             * Cameras
             * @description Those that the caller may see, removed ones with footage included.
             */
            cameras: string[];
            /** Description */
            description: string;
            /**
             * Grants
             * @description How many grants are limited to it.
             */
            grants: number;
            /**
             * Hidden
             * @description How many more there are that the caller may not see.
             */
            hidden: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * ZoneCreate
         * @description A named group of cameras.
         */
        ZoneCreate: {
            /**
             * Cameras
             * @description Ids of cameras.
             */
            cameras?: string[];
            /**
             * Description
             * @default
             */
            description: string;
            /** Name */
            name: string;
        };
        /**
         * ZonePatch
         * @description What to change of a zone.
         */
        ZonePatch: {
            /**
             * Cameras
             * @description All of them. Those that you may not see stay in any case.
             */
            cameras?: string[] | null;
            /** Description */
            description?: string | null;
            /** Name */
            name?: string | null;
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
    list_api_tokens: {
        parameters: {
            query?: {
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Those of all users; takes `user.manage`. */
                everybody?: boolean;
                /** @description At most this many items. */
                limit?: number;
                /** @description Also those that were revoked. */
                revoked?: boolean;
                /** @description Those of this user; takes `user.manage`. */
                user_id?: string | null;
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
                    "application/json": components["schemas"]["Page_ApiToken_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    create_api_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiTokenCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenMade"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_api_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
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
                    "application/json": components["schemas"]["ApiToken"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    revoke_api_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    update_api_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiTokenPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiToken"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_api_token_usage: {
        parameters: {
            query?: {
                /** @description So many days, today included. */
                days?: number;
            };
            header?: never;
            path: {
                token_id: string;
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
                    "application/json": components["schemas"]["TokenUsageList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_audit: {
        parameters: {
            query?: {
                /** @description `camera.edit`, or `camera` for all of them. */
                action?: string | null;
                /** @description Id, or part of the name. */
                actor?: string | null;
                /** @description Address, or its beginning. */
                address?: string | null;
                /** @description Id of a camera. */
                camera?: string | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Inclusive. */
                from?: string | null;
                /** @description At most this many items. */
                limit?: number;
                /** @description Kind, id, or part of the name of what it was done to. */
                object?: string | null;
                result?: ("ok" | "denied" | "failed" | "refused") | null;
                /** @description Id of a share link. */
                share?: string | null;
                /** @description In names, details and actions. */
                text?: string | null;
                /** @description Exclusive. */
                to?: string | null;
                /** @description Id of an API token, or part of its name. */
                token?: string | null;
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
                    "application/json": components["schemas"]["Page_AuditEntry_"];
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
    get_audit_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: number;
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
                    "application/json": components["schemas"]["AuditEntry"];
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
    export_audit: {
        parameters: {
            query?: {
                /** @description `camera.edit`, or `camera` for all of them. */
                action?: string | null;
                /** @description Id, or part of the name. */
                actor?: string | null;
                /** @description Address, or its beginning. */
                address?: string | null;
                /** @description Id of a camera. */
                camera?: string | null;
                format?: "csv" | "json";
                /** @description Inclusive. */
                from?: string | null;
                /** @description Kind, id, or part of the name of what it was done to. */
                object?: string | null;
                result?: ("ok" | "denied" | "failed" | "refused") | null;
                /** @description Id of a share link. */
                share?: string | null;
                /** @description In names, details and actions. */
                text?: string | null;
                /** @description Exclusive. */
                to?: string | null;
                /** @description Id of an API token, or part of its name. */
                token?: string | null;
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
                    "application/json": Record<string, never>[];
                    "text/csv": unknown;
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
    report_audit: {
        parameters: {
            query?: {
                /** @description Inclusive. Instead of a month. */
                from?: string | null;
                /** @description By the clock there. */
                month?: string | null;
                /** @description IANA name, as Europe/Vienna. */
                timezone?: string;
                /** @description Exclusive; by default now. */
                to?: string | null;
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
                    "application/json": components["schemas"]["AuditReport"];
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
    verify_audit: {
        parameters: {
            query?: {
                /** @description One that was noted before. */
                hash?: string | null;
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
                    "application/json": components["schemas"]["AuditVerdict"];
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
    list_my_identities: {
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
                    "application/json": components["schemas"]["IdentityList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    unlink_my_identity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Refresh"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Forbidden */
            403: {
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
    get_me: {
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
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Unauthorized */
            401: {
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
    change_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    list_offered_providers: {
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
                    "application/json": components["schemas"]["OfferedProviders"];
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
    finish_oidc_login: {
        parameters: {
            query?: {
                /** @description By the provider. */
                code?: string | null;
                /** @description By the provider. */
                error?: string | null;
                /** @description By the provider. */
                iss?: string | null;
                /** @description By the provider. */
                state?: string | null;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider or the wanted page; to the login page with `error` in its query on failure. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    begin_oidc_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkBegin"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkBegun"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    start_oidc_login: {
        parameters: {
            query?: {
                /** @description The page of ours to go to afterwards. */
                next?: string | null;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider or the wanted page; to the login page with `error` in its query on failure. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    refresh_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Refresh"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    list_my_sessions: {
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
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    end_my_other_sessions: {
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    end_my_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_setup: {
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
                    "application/json": components["schemas"]["SetupState"];
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
    set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    begin_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordAgain"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpBegun"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    confirm_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpConfirm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    disable_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpDisable"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    list_bookmarks: {
        parameters: {
            query?: {
                /** @description Id or slug. Several times for several; left out for all. */
                camera_id?: string[] | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Only those that begin before this. */
                end?: string | null;
                /** @description At most this many items. */
                limit?: number;
                /** @description Only those that reach this, or are after it. */
                start?: string | null;
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
                    "application/json": components["schemas"]["Page_Bookmark_"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    create_bookmark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookmarkCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bookmark"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_bookmark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bookmark_id: string;
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
                    "application/json": components["schemas"]["Bookmark"];
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
    delete_bookmark: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                bookmark_id: string;
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    update_bookmark: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                bookmark_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookmarkPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bookmark"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    live_mjpeg: {
        parameters: {
            query?: {
                /** @description At most so many a second; there is one for each key frame. */
                fps?: number;
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
                    "multipart/x-mixed-replace": unknown;
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
            /** @description Too Many Requests */
            429: {
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
    move_camera: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the camera. */
                camera: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Movement"];
            };
        };
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
    list_presets: {
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
                    "application/json": components["schemas"]["Page_Preset_"];
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
    go_to_preset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug of the camera. */
                camera: string;
                /** @description `token` of a preset. */
                preset: string;
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
                /** @description Without a picture: an error that says why, or 204, for pages that show one if there is one. */
                missing?: "error" | "empty";
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
            /** @description There is no picture, and `missing=empty` was asked for. */
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
    talk_to_camera: {
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CameraPatch"] | null;
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_coverage_days: {
        parameters: {
            query: {
                /** @description Id or slug. Several times for several. */
                camera_id: string[];
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
                    "application/json": components["schemas"]["CoverageDays"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_coverage_report: {
        parameters: {
            query: {
                month: string;
                /** @description IANA name; by default the site's. */
                timezone?: string | null;
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
                    "application/json": components["schemas"]["CoverageReport"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_coverage_report_file: {
        parameters: {
            query: {
                format?: "csv" | "json" | "pdf";
                month: string;
                /** @description IANA name; by default the site's. */
                timezone?: string | null;
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
                    "application/json": {
                        report: Record<string, never>;
                        signature: string;
                    };
                    "application/pdf": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description Forbidden */
            403: {
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
    verify_coverage_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportVerdict"];
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
    list_gaps: {
        parameters: {
            query?: {
                /** @description Id or slug. Several times for several. */
                camera_id?: string[] | null;
                cause?: components["schemas"]["GapCause"][] | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Day of the week on which the hours begin. */
                day?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
                /** @description Only what begins before this. */
                end?: string | null;
                /** @description At most this many items. */
                limit?: number;
                max_duration_s?: number | null;
                min_duration_s?: number | null;
                /** @description Only what reaches beyond this. */
                start?: string | null;
                stream?: ("main" | "sub") | null;
                /** @description Only what reaches into these hours of the day. */
                time_from?: string | null;
                /** @description Not after `time_from`: over midnight. */
                time_to?: string | null;
                /** @description IANA name, whose clock counts; by default the site's. */
                timezone?: string | null;
                /** @description Cameras of any of these zones. */
                zone_id?: string[] | null;
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
                    "application/json": components["schemas"]["Page_StreamGap_"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    sum_gaps: {
        parameters: {
            query?: {
                /** @description Id or slug. Several times for several. */
                camera_id?: string[] | null;
                cause?: components["schemas"]["GapCause"][] | null;
                /** @description Day of the week on which the hours begin. */
                day?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
                /** @description Only what begins before this. */
                end?: string | null;
                max_duration_s?: number | null;
                min_duration_s?: number | null;
                /** @description Only what reaches beyond this. */
                start?: string | null;
                stream?: ("main" | "sub") | null;
                /** @description Only what reaches into these hours of the day. */
                time_from?: string | null;
                /** @description Not after `time_from`: over midnight. */
                time_to?: string | null;
                /** @description IANA name, whose clock counts; by default the site's. */
                timezone?: string | null;
                /** @description Cameras of any of these zones. */
                zone_id?: string[] | null;
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
                    "application/json": components["schemas"]["StreamGapSums"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_grants: {
        parameters: {
            query?: {
                /** @description With `user_id`: also those of their groups. */
                by_groups?: boolean;
                camera_id?: string | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                group_id?: string | null;
                /** @description At most this many items. */
                limit?: number;
                role_id?: string | null;
                /** @description Of this user, without those of their groups. */
                user_id?: string | null;
                zone_id?: string | null;
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
                    "application/json": components["schemas"]["Page_GrantOut_"];
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
    create_grant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantOut"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_grant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                grant_id: string;
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
                    "application/json": components["schemas"]["GrantOut"];
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
    delete_grant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                grant_id: string;
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
    list_groups: {
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
                    "application/json": components["schemas"]["Page_Group_"];
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
    create_group: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: string;
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
                    "application/json": components["schemas"]["Group"];
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
    delete_group: {
        parameters: {
            query?: {
                /** @description Also withdraw the grants that would go with it; without it that is 409. */
                confirm?: boolean;
            };
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                group_id: string;
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
    update_group: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    addresses: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Addresses"];
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
    live_init: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                digest: string;
                /** @description `main` or `sub`. */
                rendition: string;
                /** @description As it stands in the playlist. */
                window: string;
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
    live_part: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                /** @description Counted over all segments. */
                number: number;
                /** @description `main` or `sub`. */
                rendition: string;
                /** @description As it stands in the playlist. */
                window: string;
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
    live_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                /** @description Its media sequence number. */
                msn: number;
                /** @description `main` or `sub`. */
                rendition: string;
                /** @description As it stands in the playlist. */
                window: string;
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
    live_playlist: {
        parameters: {
            query?: {
                /** @description Answer when this segment is there. */
                _HLS_msn?: number | null;
                /** @description Or this part of it, from 0. */
                _HLS_part?: number | null;
            };
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                /** @description `main` or `sub`. */
                rendition: string;
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
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    live_plain_playlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                /** @description `main` or `sub`. */
                rendition: string;
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
    live_hls: {
        parameters: {
            query?: {
                /** @description `no`: whole segments only, for old players and for CDNs. */
                low_latency?: "yes" | "no";
                /** @description Only this one, or main where there is none. By default all. */
                stream?: ("main" | "sub") | null;
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
    list_qualities: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["QualitiesOut"];
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
    count_live_viewers: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["LiveWatchingOut"];
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
    whep_open: {
        parameters: {
            query?: {
                /** @description The stream converted to this quality, only while it is watched; by default as the camera sends it. `h264` is as large as the camera's picture, for players that can't decode its codec. */
                quality?: components["schemas"]["Rung"] | null;
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
        requestBody: {
            content: {
                "application/sdp": string;
            };
        };
        responses: {
            /** @description The answer. `Location` is the session, for DELETE. `X-Vedette-Stream` is the stream that is shown, `X-Vedette-Quality` to what it is converted, `X-Vedette-Session` the live session that begins when the player connects, `X-Vedette-Silent` says why there is no sound. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/sdp": string;
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
            /** @description Unsupported Media Type */
            415: {
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
            /** @description Too Many Requests */
            429: {
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
            /** @description Insufficient Storage */
            507: {
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
    whep_options: {
        parameters: {
            query?: never;
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
    whep_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
                /** @description From `Location` of the answer. */
                session_id: string;
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
    list_encoders: {
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
                    "application/json": components["schemas"]["EncodersOut"];
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
    list_live_history: {
        parameters: {
            query?: {
                /** @description Id of a camera. */
                camera?: string | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Inclusive. */
                from?: string | null;
                /** @description At most this many items. */
                limit?: number;
                /** @description Exclusive. */
                to?: string | null;
                transport?: components["schemas"]["Transport"] | null;
                /** @description Id, or part of the name. */
                user?: string | null;
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
                    "application/json": components["schemas"]["Page_LivePastOut_"];
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
    export_live_history: {
        parameters: {
            query?: {
                /** @description Id of a camera. */
                camera?: string | null;
                /** @description Inclusive. */
                from?: string | null;
                /** @description Exclusive. */
                to?: string | null;
                transport?: components["schemas"]["Transport"] | null;
                /** @description Id, or part of the name. */
                user?: string | null;
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
                    "text/csv": unknown;
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
    sum_live_history: {
        parameters: {
            query?: {
                /** @description Id of a camera. */
                camera?: string | null;
                /** @description Inclusive. */
                from?: string | null;
                step?: "hour" | "day";
                /** @description IANA name, as Europe/Vienna. */
                timezone?: string;
                /** @description Exclusive. */
                to?: string | null;
                transport?: components["schemas"]["Transport"] | null;
                /** @description Id, or part of the name. */
                user?: string | null;
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
                    "application/json": components["schemas"]["LiveSumsOut"];
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
    list_live_sessions: {
        parameters: {
            query?: {
                /** @description Id of a camera. */
                camera?: string | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description At most this many items. */
                limit?: number;
                transport?: components["schemas"]["Transport"] | null;
                /** @description Id, or part of the name. */
                user?: string | null;
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
                    "application/json": components["schemas"]["Page_LiveSessionOut_"];
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
    end_live_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of a live view. */
                session_id: string;
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    report_live_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of a live view. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveClockOut"];
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
    count_all_live_viewers: {
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
                    "application/json": components["schemas"]["LiveWatchedListOut"];
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
    create_media_tickets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketsWanted"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketsGiven"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    list_oidc_providers: {
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
                    "application/json": components["schemas"]["Page_Provider_"];
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
    create_oidc_provider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_oidc_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider_id: string;
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
                    "application/json": components["schemas"]["Provider"];
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
    delete_oidc_provider: {
        parameters: {
            query?: {
                /** @description Also when people log in by it; without it that is 409. */
                confirm?: boolean;
            };
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                provider_id: string;
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    update_oidc_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                provider_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    test_oidc_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider_id: string;
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
                    "application/json": components["schemas"]["TestResult"];
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
    list_permissions: {
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
                    "application/json": components["schemas"]["Page_PermissionOut_"];
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
    find_changes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or slug. */
                camera: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindRequest"];
            };
        };
        responses: {
            /** @description Lines of JSON, each a FindLine. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["FindLine"];
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
            /** @description Too Many Requests */
            429: {
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
    playlist: {
        parameters: {
            query: {
                /** @description On one time line with the camera's other stream, as master playlists need it. */
                aligned?: boolean;
                /** @description Without the ticket in its addresses. */
                bare?: boolean;
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
    master: {
        parameters: {
            query: {
                /** @description At most 31 days after the start; by default 4 hours. */
                end?: string | null;
                start: string;
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
    list_previews: {
        parameters: {
            query: {
                end: string;
                start: string;
                /** @description Milliseconds between two pictures: 2000, 10000 or 60000. */
                step_ms?: number;
                /** @description By default the sub-stream where it was recorded. */
                stream?: ("main" | "sub") | null;
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
                    "application/json": components["schemas"]["Previews"];
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
    streams: {
        parameters: {
            query: {
                /** @description At most 31 days after the start; by default 4 hours. */
                end?: string | null;
                start: string;
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
                    "application/json": components["schemas"]["SpanStreams"];
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
            query?: {
                /** @description `server`: from here, for a player that could not read at the bucket where it was sent. */
                via?: "server" | null;
            };
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
            /** @description At a presigned address of its bucket, for the same `Range`. */
            307: {
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
    preview_sheet: {
        parameters: {
            query?: {
                /** @description Only its first pictures: of a recording that is being written. */
                tiles?: number | null;
            };
            header?: never;
            path: {
                /** @description Counted from the recording's start. */
                number: number;
                segment_id: string;
                /** @description Milliseconds between two pictures: 2000, 10000 or 60000. */
                step_ms: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sheet. */
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
    list_recordings: {
        parameters: {
            query?: {
                /** @description Id or slug. Several times for several. */
                camera_id?: string[] | null;
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Day of the week on which the hours begin. */
                day?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
                /** @description Only what begins before this. */
                end?: string | null;
                /** @description Only next to a gap with one of these causes. */
                gap_cause?: components["schemas"]["GapCause"][] | null;
                /** @description Whether a hold keeps it from deletion. */
                held?: boolean | null;
                /** @description At most this many items. */
                limit?: number;
                max_bytes?: number | null;
                max_duration_s?: number | null;
                min_bytes?: number | null;
                min_duration_s?: number | null;
                /** @description Only what reaches beyond this. */
                start?: string | null;
                stream?: ("main" | "sub") | null;
                /** @description Only what reaches into these hours of the day. */
                time_from?: string | null;
                /** @description Not after `time_from`: over midnight. */
                time_to?: string | null;
                /** @description IANA name, whose clock counts; by default the site's. */
                timezone?: string | null;
                /** @description Cameras of any of these zones. */
                zone_id?: string[] | null;
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description At a presigned address of its bucket, for the same `Range`. */
            307: {
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
    sum_recordings: {
        parameters: {
            query?: {
                /** @description Id or slug. Several times for several. */
                camera_id?: string[] | null;
                /** @description Day of the week on which the hours begin. */
                day?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
                /** @description Only what begins before this. */
                end?: string | null;
                /** @description Only next to a gap with one of these causes. */
                gap_cause?: components["schemas"]["GapCause"][] | null;
                /** @description Whether a hold keeps it from deletion. */
                held?: boolean | null;
                max_bytes?: number | null;
                max_duration_s?: number | null;
                min_bytes?: number | null;
                min_duration_s?: number | null;
                /** @description Only what reaches beyond this. */
                start?: string | null;
                stream?: ("main" | "sub") | null;
                /** @description Only what reaches into these hours of the day. */
                time_from?: string | null;
                /** @description Not after `time_from`: over midnight. */
                time_to?: string | null;
                /** @description IANA name, whose clock counts; by default the site's. */
                timezone?: string | null;
                /** @description Cameras of any of these zones. */
                zone_id?: string[] | null;
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
                    "application/json": components["schemas"]["RecordingSums"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_roles: {
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
                    "application/json": components["schemas"]["Page_Role_"];
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
    create_role: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role_id: string;
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
                    "application/json": components["schemas"]["Role"];
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
    delete_role: {
        parameters: {
            query?: {
                /** @description Also withdraw the grants that would go with it; without it that is 409. */
                confirm?: boolean;
            };
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                role_id: string;
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
    update_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                role_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_share_links: {
        parameters: {
            query?: {
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description Those of all users; takes `user.manage`. */
                everybody?: boolean;
                /** @description At most this many items. */
                limit?: number;
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
                    "application/json": components["schemas"]["Page_ShareLink_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    create_share_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareLinkCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareLinkMade"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    withdraw_share_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                link_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As it stands in the link. */
                token: string;
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
                    "application/json": components["schemas"]["ShareState"];
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
    open_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As it stands in the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareOpen"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedFootage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_signing_keys: {
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
                    "application/json": components["schemas"]["SigningKeySet"];
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
    add_bucket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BucketCreate"];
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
    change_bucket: {
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
                "application/json": components["schemas"]["BucketPatch"];
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
    check_bucket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BucketAsked"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketChecked"];
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
    list_moves: {
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
                    "application/json": components["schemas"]["MoveList"];
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
    move_footage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveAsked"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
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
    get_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                move_id: string;
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
                    "application/json": components["schemas"]["Move"];
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
    cancel_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                move_id: string;
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
                    "application/json": components["schemas"]["Move"];
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
            /** @description Forbidden */
            403: {
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
    list_users: {
        parameters: {
            query?: {
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description At most this many items. */
                limit?: number;
                /** @description Only users with this in one of their names or the address. */
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
                    "application/json": components["schemas"]["Page_User_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
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
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    delete_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                user_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    update_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    disable_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserDisable"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    enable_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                user_id: string;
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
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    set_user_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordSet"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    get_user_permissions: {
        parameters: {
            query?: {
                /** @description Now, where it is left out. */
                at?: string | null;
            };
            header?: never;
            path: {
                user_id: string;
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
                    "application/json": components["schemas"]["UserPermissions"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_user_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
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
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    end_user_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    end_user_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                user_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    reset_user_totp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
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
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_walls: {
        parameters: {
            query?: {
                /** @description `next` of the page before; leave it out for the first page. */
                cursor?: string | null;
                /** @description At most this many items. */
                limit?: number;
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
                    "application/json": components["schemas"]["Page_Wall_"];
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
    create_wall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WallCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wall"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_wall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wall_id: string;
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
                    "application/json": components["schemas"]["Wall"];
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
    delete_wall: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                wall_id: string;
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
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    update_wall: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                wall_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WallPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wall"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    list_wall_roles: {
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
                    "application/json": components["schemas"]["Page_WallRole_"];
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
    list_wall_zones: {
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
                    "application/json": components["schemas"]["Page_WallZone_"];
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
    list_zones: {
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
                    "application/json": components["schemas"]["Page_Zone_"];
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
    create_zone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ZoneCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description Forbidden */
            403: {
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
    get_zone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                zone_id: string;
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
                    "application/json": components["schemas"]["Zone"];
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
    delete_zone: {
        parameters: {
            query?: {
                /** @description Also withdraw the grants that would go with it; without it that is 409. */
                confirm?: boolean;
            };
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                zone_id: string;
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
    update_zone: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; answers 412 when it has changed. */
                "If-Match"?: string | null;
            };
            path: {
                zone_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ZonePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
