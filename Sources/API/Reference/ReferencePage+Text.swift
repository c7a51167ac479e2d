// Made from docs/openapi.yaml by generate-reference.py. Do not edit.
// swift-format-ignore-file
extension ReferencePage {
    /// HTML, with `NONCE` for its style.
    static let text = ##"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>WA-Connect API</title>
        <style nonce="NONCE">
        :root { color-scheme: light dark; --accent: #0a7c5c; --line: #8884; --soft: #8881 }
        * { box-sizing: border-box }
        html { scroll-padding-top: 4rem }
        body { margin: 0; font: 16px/1.55 system-ui, sans-serif }
        header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid var(--line); background: Canvas }
        header b { margin-right: auto }
        header label { padding: .2rem .8rem; border: 1px solid var(--line); border-radius: 8px; cursor: pointer }
        .layout { display: grid; grid-template-columns: 15rem minmax(0, 50rem); gap: 2rem; max-width: 70rem; margin: 0 auto; padding: 0 1rem }
        nav { position: sticky; top: 3.6rem; align-self: start; max-height: calc(100vh - 3.6rem); overflow: auto; padding: 1rem 0; font-size: .9rem }
        nav b { display: block; margin-top: .8rem }
        nav a { display: block; color: inherit; text-decoration: none; padding: .1rem 0; opacity: .85; overflow-wrap: anywhere }
        nav a:hover { text-decoration: underline; opacity: 1 }
        h1 { font-size: 1.6rem; margin: 1.2rem 0 .5rem } h2 { margin: 2.5rem 0 .3rem; font-size: 1.35rem } h3 { margin: 0 0 .4rem; font-size: 1.05rem; overflow-wrap: anywhere }
        p { margin: .5rem 0 } a { color: var(--accent) }
        section { border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin: 1rem 0 }
        .method { font: 700 .75rem/1 ui-monospace, monospace; background: var(--accent); color: #fff; border-radius: 6px; padding: .25rem .45rem; vertical-align: .1em }
        code { font: .9em ui-monospace, monospace; background: var(--soft); border-radius: 4px; padding: .05em .25em }
        pre { font: .85rem/1.5 ui-monospace, monospace; background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; overflow: auto; margin: .7rem 0 }
        pre.answer { border-left: 3px solid var(--accent) }
        .wide { overflow: auto }
        table { border-collapse: collapse; width: 100%; font-size: .9rem }
        td, th { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line) } tr:first-child > * { border-top: 0 }
        small, .note { opacity: .75; font-size: .85rem } summary { cursor: pointer }
        .choice { position: fixed; top: 0; opacity: 0 }
        .choice:focus-visible + .choice + header, .choice:focus-visible + header { outline: 2px solid var(--accent) }
        #curl:checked ~ .layout .php, #php:checked ~ .layout .curl { display: none }
        #curl:checked ~ header label[for=curl], #php:checked ~ header label[for=php] { background: var(--accent); color: #fff }
        @media (max-width: 50rem) { .layout { display: block } nav { position: static; max-height: none; columns: 2 } }
        </style>
        </head>
        <body>
        <input class="choice" type="radio" name="language" id="curl" checked aria-label="Examples for curl">
        <input class="choice" type="radio" name="language" id="php" aria-label="Examples in PHP">
        <header><b>WA-Connect API</b><label for="curl">curl</label><label for="php">PHP</label></header>
        <div class="layout">
        <nav>
        <b>Session</b><a href="#sessionStatus">session/status</a><a href="#sessionConnect">session/connect</a><a href="#sessionDisconnect">session/disconnect</a><a href="#sessionLogout">session/logout</a>
        <b>Messages</b><a href="#sendText">messages/send-text</a><a href="#sendImage">messages/send-image</a><a href="#sendDocument">messages/send-document</a><a href="#sendVideo">messages/send-video</a><a href="#sendAudio">messages/send-audio</a><a href="#sendLocation">messages/send-location</a><a href="#sendContact">messages/send-contact</a><a href="#react">messages/react</a><a href="#edit">messages/edit</a><a href="#delete">messages/delete</a><a href="#messagesRead">messages/read</a><a href="#messageCancel">messages/:id/cancel</a><a href="#chatsTyping">chats/typing</a><a href="#callReject">calls/reject</a><a href="#posts">posts</a><a href="#messageLog">messages/log</a><a href="#message">messages/:id</a><a href="#media">media/:token</a>
        <b>Bulk</b><a href="#sendBulk">messages/send-bulk</a><a href="#bulks">messages/bulk</a><a href="#bulk">messages/bulk/:id</a><a href="#bulkPause">messages/bulk/:id/pause</a><a href="#bulkResume">messages/bulk/:id/resume</a><a href="#bulkCancel">messages/bulk/:id/cancel</a>
        <b>Outbox</b><a href="#outbox">messages/outbox</a><a href="#outboxCancel">messages/outbox/:id/cancel</a>
        <b>Contacts</b><a href="#contactsCheck">contacts/check</a><a href="#contacts">contacts</a><a href="#contactsSearch">contacts/search</a><a href="#contactsSync">contacts/sync</a><a href="#contact">contacts/:jid</a><a href="#contactsExport">contacts/export</a>
        <b>Webhooks</b><a href="#webhooks">webhooks</a><a href="#webhookAdd">webhooks</a><a href="#deliveries">webhooks/deliveries</a><a href="#delivery">webhooks/deliveries/:id</a><a href="#deliveryReplay">webhooks/deliveries/:id/replay</a><a href="#webhook">webhooks/:id</a><a href="#webhookChange">webhooks/:id</a><a href="#webhookTest">webhooks/:id/test</a><a href="#webhookReplay">webhooks/:id/replay</a><a href="#webhookDelete">webhooks/:id/delete</a>
        <b>Keys</b><a href="#keys">keys</a><a href="#keyAdd">keys</a><a href="#keysUsage">keys/usage</a><a href="#keyDisable">keys/:id/disable</a><a href="#keyDelete">keys/:id/delete</a>
        <b>Sessions</b><a href="#sessions">sessions</a><a href="#sessionAdd">sessions</a><a href="#session">sessions/:name</a><a href="#sessionByNameConnect">sessions/:name/connect</a><a href="#sessionByNameDisconnect">sessions/:name/disconnect</a><a href="#sessionByNameLogout">sessions/:name/logout</a>
        <b>Service</b><a href="#health">health</a><a href="#openapi">openapi</a><a href="#docs">docs</a><a href="#page">page</a><a href="#pageOpen">page/open</a>
        <b>Events</b><a href="#event-message.received">message.received</a><a href="#event-message.sent">message.sent</a><a href="#event-message.status">message.status</a><a href="#event-connection.connected">connection.connected</a><a href="#event-connection.disconnected">connection.disconnected</a><a href="#event-connection.qr_ready">connection.qr_ready</a><a href="#event-call.incoming">call.incoming</a><a href="#event-call.rejected">call.rejected</a>
        <b>Errors</b><a href="#codes">codes</a>
        </nav>
        <main>
        <h1>The API of WA-Connect</h1>
        <p>Base address: <code>https://your-domain.com/api/v1</code>. For programs: <a href="openapi">this page as OpenAPI 3.1</a>.</p>
        <p>Every answer is JSON in one envelope: <code>{"success": true, "data": …, "message": …}</code>, or for an error <code>{"success": false, "message": …, "error": …, "code": …, "request_id": …}</code>. <code>message</code> is for people, <code>code</code> for programs; <code>error</code> names the field, the limit and the cure.</p><p>Every call but <code>health</code> wants the header <code>X-API-Key</code>. A key belongs to one session (one WhatsApp number) and may have fewer permissions than all; each call below says which one it needs.</p><p>Bodies may be JSON, form or multipart fields, as PHP sends them. A field that is <code>null</code> counts as absent, unknown fields are ignored, a phone number may be an integer. Times are UTC, in ISO 8601 with milliseconds: <code>2026-02-27T10:00:00.000Z</code>. Answers are never stored by caches (<code>Cache-Control: no-store</code>). GET calls answer HEAD, too.</p><p>Limits, unless the owner says otherwise: 100 requests in 15 minutes; sending calls 30 a minute instead; 1000 a day. Every limited answer has <code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code> (seconds) of the limit that is reached first. Beyond it the answer is 429 with <code>Retry-After</code>.</p>
        <h2>Session</h2><p>The connection of one WhatsApp number.</p>
        <section id="sessionStatus">
        <h3><span class="method">GET</span> /session/status</h3>
        <p>Where the session stands.</p>
        <p>Never <code>connected</code> on a dead connection.</p>
        <p class="note">Permission <code>session:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/session/status' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/session/status');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "connected",
            "user": {
              "id": "968XXXXXXXX@s.whatsapp.net",
              "name": "Your Name"
            },
            "connected_at": "2026-02-27T10:00:00.000Z",
            "reason": null,
            "last_seen_at": "2026-02-27T10:00:00.000Z",
            "daemon": "running"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The session. <code>user</code> and <code>connected_at</code> are null while it is not connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionConnect">
        <h3><span class="method">POST</span> /session/connect</h3>
        <p>Connects, or shows how to link the phone.</p>
        <p>Without a linked phone it waits up to 8 seconds for the QR code. <code>qr</code> is the text that goes into the QR symbol, <code>qr_image</code> the symbol as a picture for <code>&lt;img src="…"&gt;</code>. A code is good until <code>expires_at</code>; ask again for the next one. With <code>phone</code> it gives a code of eight letters to type into that phone instead (<i>Linked devices</i>, <i>Link with phone number</i>). Asking again is harmless.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/session/connect' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/session/connect');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>phone</code> <small>optional</small></td><td>string or integer</td><td>The account's number: asks for a code to type instead of a QR code.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "qr_ready",
            "qr": "https://wa.me/settings/linked_devices#…",
            "qr_image": "data:image/png;base64,…",
            "expires_at": "2026-02-27T10:01:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "pairing_code",
            "pairing_code": "ABCD-EFGH"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "connecting",
            "message": "Reconnecting with saved credentials"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "connected",
            "user": {
              "id": "968XXXXXXXX@s.whatsapp.net",
              "name": "Your Name"
            },
            "connected_at": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>How far it got.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The daemon does not run, or WhatsApp refused; <code>error</code> says what helps.</td><td><a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-banned"><code>banned</code></a> <a href="#code-replaced"><code>replaced</code></a> <a href="#code-client_outdated"><code>client_outdated</code></a> <a href="#code-passkey_required"><code>passkey_required</code></a> <a href="#code-connection_lost"><code>connection_lost</code></a> <a href="#code-bad_session"><code>bad_session</code></a> <a href="#code-pairing_failed"><code>pairing_failed</code></a> <a href="#code-wrong_server_key"><code>wrong_server_key</code></a> <a href="#code-running_elsewhere"><code>running_elsewhere</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionDisconnect">
        <h3><span class="method">POST</span> /session/disconnect</h3>
        <p>Disconnects, and keeps the link to the phone.</p>
        <p><code>session/connect</code> connects again without a QR code. Where nothing is connected there is nothing to do, and the answer is the same.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/session/disconnect' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/session/disconnect');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "disconnected",
            "user": null,
            "connected_at": null,
            "reason": "manual",
            "last_seen_at": "2026-02-27T10:00:00.000Z",
            "daemon": "running"
          },
          "message": "Disconnected successfully"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Done.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionLogout">
        <h3><span class="method">POST</span> /session/logout</h3>
        <p>Unlinks the phone and clears its keys.</p>
        <p>Log and contacts stay, unless <code>purge</code> is true.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/session/logout' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/session/logout');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>purge</code> <small>optional</small></td><td>boolean</td><td>Deletes the session's log and contacts as well.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "disconnected",
            "user": null,
            "connected_at": null,
            "reason": "logged_out",
            "last_seen_at": null,
            "daemon": "running"
          },
          "message": "Logged out successfully"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Done.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Messages</h2><p>Sending, and the log of what was sent and received.</p>
        <section id="sendText">
        <h3><span class="method">POST</span> /messages/send-text</h3>
        <p>Sends a text.</p>
        <p><code>sent</code> once WhatsApp has taken it. If that takes more than 8 seconds the answer is <code>pending</code>; the message is ours from then on, and a webhook or <code>GET messages/:id</code> tells the rest.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-text' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "message": "Hello from WA-Connect!"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-text');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'message' =&gt; 'Hello from WA-Connect!',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>message</code></td><td>string</td><td>The text, up to 65,536 characters.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or such a message can not be sent.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it takes no messages now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sendImage">
        <h3><span class="method">POST</span> /messages/send-image</h3>
        <p>Sends a picture.</p>
        <p>The file is at an address that is fetched, or inside of a <code>data:</code> URI (<code>imageUrl</code>), or it is the part <code>file</code> of a multipart body. What it is, its content decides.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-image' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "imageUrl": "https://example.com/image.jpg", "caption": "Check this out!"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-image');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'imageUrl' =&gt; 'https://example.com/image.jpg',
                'caption' =&gt; 'Check this out!',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>imageUrl</code></td><td>string</td><td>A picture: JPEG, PNG or WebP. Its http or https address, or a data: URI.</td></tr><tr><td><code>caption</code> <small>optional</small></td><td>string</td><td>Stands below it.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>file</code></td><td>string</td><td>A picture: JPEG, PNG or WebP.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or the file can not be fetched, or not be sent as what it is.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-media_wrong_kind"><code>media_wrong_kind</code></a> <a href="#code-media_unsupported"><code>media_unsupported</code></a> <a href="#code-media_damaged"><code>media_damaged</code></a> <a href="#code-media_empty"><code>media_empty</code></a> <a href="#code-media_missing"><code>media_missing</code></a> <a href="#code-media_refused"><code>media_refused</code></a> <a href="#code-url_invalid"><code>url_invalid</code></a> <a href="#code-url_credentials"><code>url_credentials</code></a> <a href="#code-url_port"><code>url_port</code></a> <a href="#code-url_private"><code>url_private</code></a> <a href="#code-url_unresolved"><code>url_unresolved</code></a> <a href="#code-url_unreachable"><code>url_unreachable</code></a> <a href="#code-url_untrusted"><code>url_untrusted</code></a> <a href="#code-url_timeout"><code>url_timeout</code></a> <a href="#code-url_too_slow"><code>url_too_slow</code></a> <a href="#code-url_redirects"><code>url_redirects</code></a> <a href="#code-url_status"><code>url_status</code></a> <a href="#code-url_encoded"><code>url_encoded</code></a> <a href="#code-url_broken"><code>url_broken</code></a> <a href="#code-url_bad_data"><code>url_bad_data</code></a> <a href="#code-url_interrupted"><code>url_interrupted</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The file, or what stands around it, is too large.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a> <a href="#code-media_too_large"><code>media_too_large</code></a> <a href="#code-url_too_large"><code>url_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it, or the disk of this host, takes no files now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_unavailable"><code>media_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sendDocument">
        <h3><span class="method">POST</span> /messages/send-document</h3>
        <p>Sends a document.</p>
        <p>The file is at an address that is fetched, or inside of a <code>data:</code> URI (<code>documentUrl</code>), or it is the part <code>file</code> of a multipart body. What it is, its content decides.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-document' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "documentUrl": "https://example.com/document.pdf", "mimetype": "application/pdf", "fileName": "Invoice.pdf", "caption": "Here is your invoice"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-document');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'documentUrl' =&gt; 'https://example.com/document.pdf',
                'mimetype' =&gt; 'application/pdf',
                'fileName' =&gt; 'Invoice.pdf',
                'caption' =&gt; 'Here is your invoice',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>documentUrl</code></td><td>string</td><td>Any file. Its http or https address, or a data: URI.</td></tr><tr><td><code>caption</code> <small>optional</small></td><td>string</td><td>Stands below it.</td></tr><tr><td><code>fileName</code> <small>optional</small></td><td>string</td><td>Under which it is shown.</td></tr><tr><td><code>mimetype</code> <small>optional</small></td><td>string</td><td>What it is; without it, what its name or content says.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>file</code></td><td>string</td><td>Any file.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or the file can not be fetched, or not be sent as what it is.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-media_wrong_kind"><code>media_wrong_kind</code></a> <a href="#code-media_unsupported"><code>media_unsupported</code></a> <a href="#code-media_damaged"><code>media_damaged</code></a> <a href="#code-media_empty"><code>media_empty</code></a> <a href="#code-media_missing"><code>media_missing</code></a> <a href="#code-media_refused"><code>media_refused</code></a> <a href="#code-url_invalid"><code>url_invalid</code></a> <a href="#code-url_credentials"><code>url_credentials</code></a> <a href="#code-url_port"><code>url_port</code></a> <a href="#code-url_private"><code>url_private</code></a> <a href="#code-url_unresolved"><code>url_unresolved</code></a> <a href="#code-url_unreachable"><code>url_unreachable</code></a> <a href="#code-url_untrusted"><code>url_untrusted</code></a> <a href="#code-url_timeout"><code>url_timeout</code></a> <a href="#code-url_too_slow"><code>url_too_slow</code></a> <a href="#code-url_redirects"><code>url_redirects</code></a> <a href="#code-url_status"><code>url_status</code></a> <a href="#code-url_encoded"><code>url_encoded</code></a> <a href="#code-url_broken"><code>url_broken</code></a> <a href="#code-url_bad_data"><code>url_bad_data</code></a> <a href="#code-url_interrupted"><code>url_interrupted</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The file, or what stands around it, is too large.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a> <a href="#code-media_too_large"><code>media_too_large</code></a> <a href="#code-url_too_large"><code>url_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it, or the disk of this host, takes no files now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_unavailable"><code>media_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sendVideo">
        <h3><span class="method">POST</span> /messages/send-video</h3>
        <p>Sends a video.</p>
        <p>The file is at an address that is fetched, or inside of a <code>data:</code> URI (<code>videoUrl</code>), or it is the part <code>file</code> of a multipart body. What it is, its content decides.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-video' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "videoUrl": "https://example.com/video.mp4", "caption": "Watch this!"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-video');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'videoUrl' =&gt; 'https://example.com/video.mp4',
                'caption' =&gt; 'Watch this!',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>videoUrl</code></td><td>string</td><td>A video: MP4. Its http or https address, or a data: URI.</td></tr><tr><td><code>caption</code> <small>optional</small></td><td>string</td><td>Stands below it.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>file</code></td><td>string</td><td>A video: MP4.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or the file can not be fetched, or not be sent as what it is.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-media_wrong_kind"><code>media_wrong_kind</code></a> <a href="#code-media_unsupported"><code>media_unsupported</code></a> <a href="#code-media_damaged"><code>media_damaged</code></a> <a href="#code-media_empty"><code>media_empty</code></a> <a href="#code-media_missing"><code>media_missing</code></a> <a href="#code-media_refused"><code>media_refused</code></a> <a href="#code-url_invalid"><code>url_invalid</code></a> <a href="#code-url_credentials"><code>url_credentials</code></a> <a href="#code-url_port"><code>url_port</code></a> <a href="#code-url_private"><code>url_private</code></a> <a href="#code-url_unresolved"><code>url_unresolved</code></a> <a href="#code-url_unreachable"><code>url_unreachable</code></a> <a href="#code-url_untrusted"><code>url_untrusted</code></a> <a href="#code-url_timeout"><code>url_timeout</code></a> <a href="#code-url_too_slow"><code>url_too_slow</code></a> <a href="#code-url_redirects"><code>url_redirects</code></a> <a href="#code-url_status"><code>url_status</code></a> <a href="#code-url_encoded"><code>url_encoded</code></a> <a href="#code-url_broken"><code>url_broken</code></a> <a href="#code-url_bad_data"><code>url_bad_data</code></a> <a href="#code-url_interrupted"><code>url_interrupted</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The file, or what stands around it, is too large.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a> <a href="#code-media_too_large"><code>media_too_large</code></a> <a href="#code-url_too_large"><code>url_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it, or the disk of this host, takes no files now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_unavailable"><code>media_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sendAudio">
        <h3><span class="method">POST</span> /messages/send-audio</h3>
        <p>Sends a sound or a voice note.</p>
        <p>The file is at an address that is fetched, or inside of a <code>data:</code> URI (<code>audioUrl</code>), or it is the part <code>file</code> of a multipart body. What it is, its content decides.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-audio' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "audioUrl": "https://example.com/audio.mp3", "ptt": false}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-audio');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'audioUrl' =&gt; 'https://example.com/audio.mp3',
                'ptt' =&gt; false,
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>audioUrl</code></td><td>string</td><td>A sound; for a voice note Ogg Opus, MP3 or WAV. Its http or https address, or a data: URI.</td></tr><tr><td><code>ptt</code> <small>optional</small></td><td>boolean</td><td>A voice note.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>file</code></td><td>string</td><td>A sound; for a voice note Ogg Opus, MP3 or WAV.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or the file can not be fetched, or not be sent as what it is.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-media_wrong_kind"><code>media_wrong_kind</code></a> <a href="#code-media_unsupported"><code>media_unsupported</code></a> <a href="#code-media_damaged"><code>media_damaged</code></a> <a href="#code-media_empty"><code>media_empty</code></a> <a href="#code-media_missing"><code>media_missing</code></a> <a href="#code-media_refused"><code>media_refused</code></a> <a href="#code-url_invalid"><code>url_invalid</code></a> <a href="#code-url_credentials"><code>url_credentials</code></a> <a href="#code-url_port"><code>url_port</code></a> <a href="#code-url_private"><code>url_private</code></a> <a href="#code-url_unresolved"><code>url_unresolved</code></a> <a href="#code-url_unreachable"><code>url_unreachable</code></a> <a href="#code-url_untrusted"><code>url_untrusted</code></a> <a href="#code-url_timeout"><code>url_timeout</code></a> <a href="#code-url_too_slow"><code>url_too_slow</code></a> <a href="#code-url_redirects"><code>url_redirects</code></a> <a href="#code-url_status"><code>url_status</code></a> <a href="#code-url_encoded"><code>url_encoded</code></a> <a href="#code-url_broken"><code>url_broken</code></a> <a href="#code-url_bad_data"><code>url_bad_data</code></a> <a href="#code-url_interrupted"><code>url_interrupted</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The file, or what stands around it, is too large.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a> <a href="#code-media_too_large"><code>media_too_large</code></a> <a href="#code-url_too_large"><code>url_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it, or the disk of this host, takes no files now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_unavailable"><code>media_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sendLocation">
        <h3><span class="method">POST</span> /messages/send-location</h3>
        <p>Sends a place on the map.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-location' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "latitude": 23.588, "longitude": 58.3829, "name": "Muscat, Oman", "address": "Muscat, Oman"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-location');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'latitude' =&gt; 23.588,
                'longitude' =&gt; 58.3829,
                'name' =&gt; 'Muscat, Oman',
                'address' =&gt; 'Muscat, Oman',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>latitude</code></td><td>number</td><td>Degrees.</td></tr><tr><td><code>longitude</code></td><td>number</td><td>Degrees.</td></tr><tr><td><code>name</code> <small>optional</small></td><td>string</td><td>What people call the place.</td></tr><tr><td><code>address</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or such a message can not be sent.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it takes no messages now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sendContact">
        <h3><span class="method">POST</span> /messages/send-contact</h3>
        <p>Sends a contact card.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-contact' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "contactName": "John Doe", "contactPhone": "+96899999999"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-contact');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'contactName' =&gt; 'John Doe',
                'contactPhone' =&gt; '+96899999999',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>contactName</code></td><td>string</td><td>The name on the card.</td></tr><tr><td><code>contactPhone</code></td><td>string or integer</td><td>A phone number with country code, as text or integer.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or such a message can not be sent.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it takes no messages now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="react">
        <h3><span class="method">POST</span> /messages/react</h3>
        <p>Puts an emoji to a message.</p>
        <p>An empty <code>emoji</code> takes the reaction back. The answer is that of a message: a reaction is one.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/react' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"message_id": "3EB0XXXXX", "emoji": "👍"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/react');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'message_id' =&gt; '3EB0XXXXX',
                'emoji' =&gt; '👍',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>message_id</code></td><td>string or integer</td><td>The <code>id</code> of the log or the <code>message_id</code> of WhatsApp.</td></tr><tr><td><code>emoji</code></td><td>string</td><td>One emoji; empty takes the reaction back.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or such a message can not be sent.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it takes no messages now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="edit">
        <h3><span class="method">POST</span> /messages/edit</h3>
        <p>Changes a text that was sent.</p>
        <p>Phones take edits for about a quarter of an hour after the first text.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/edit' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"message_id": "3EB0XXXXX", "message": "Hello, corrected!"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/edit');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'message_id' =&gt; '3EB0XXXXX',
                'message' =&gt; 'Hello, corrected!',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>message_id</code></td><td>string or integer</td><td>The <code>id</code> of the log or the <code>message_id</code> of WhatsApp.</td></tr><tr><td><code>message</code></td><td>string</td><td>The new text.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or the message is no text of this number.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-not_editable"><code>not_editable</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it takes no messages now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="delete">
        <h3><span class="method">POST</span> /messages/delete</h3>
        <p>Takes a message back, for everybody.</p>
        <p>Own messages; in groups that this number administers those of others, too. Phones take it for about two days.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/delete' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"message_id": "3EB0XXXXX"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/delete');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'message_id' =&gt; '3EB0XXXXX',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>message_id</code></td><td>string or integer</td><td>The <code>id</code> of the log or the <code>message_id</code> of WhatsApp.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "sent",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "pending",
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>WhatsApp has it (<code>sent</code>), or it is on its way (<code>pending</code>).</td><td></td></tr><tr><td>202</td><td>Stored, to be sent at <code>send_at</code> or, with <code>queue</code>, when WhatsApp is connected.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or it is somebody else's message, in no group.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-not_deletable"><code>not_deletable</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key may not send, the recipient does not want it, or WhatsApp does not allow it.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a> <a href="#code-opted_out"><code>opted_out</code></a> <a href="#code-reach_out_timelock"><code>reach_out_timelock</code></a> <a href="#code-new_chats_capped"><code>new_chats_capped</code></a> <a href="#code-not_allowed"><code>not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, its first request is still being worked on, or that message was cancelled.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a> <a href="#code-cancelled"><code>cancelled</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>WhatsApp refused the message, or something unexpected happened; the <code>code</code> says which.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-send_failed"><code>send_failed</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a> <a href="#code-stanza_invalid"><code>stanza_invalid</code></a> <a href="#code-stale_addressing"><code>stale_addressing</code></a> <a href="#code-no_devices"><code>no_devices</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it takes no messages now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="messagesRead">
        <h3><span class="method">POST</span> /messages/read</h3>
        <p>Marks messages as read.</p>
        <p>Those that <code>message_ids</code> names, or with <code>jid</code> all that is unread in that chat (256 at a time). The senders see blue ticks where the phone's privacy settings allow it. <code>status</code> is <code>pending</code> where the daemon had not come to it within 8 seconds.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/read' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"jid": "968XXXXXXXX"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/read');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'jid' =&gt; '968XXXXXXXX',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>message_ids</code> <small>optional</small></td><td>array or string or integer</td><td>Their <code>message_id</code> or <code>id</code>; a list, or a text with commas.</td></tr><tr><td><code>jid</code> <small>optional</small></td><td>string or integer</td><td>The chat whose unread messages are all marked.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "read": 3,
            "status": "done"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>How many were marked.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or it could not be done.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such message in this session.</td><td><a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>WhatsApp refused it, or something unexpected happened.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, or did not answer.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="messageCancel">
        <h3><span class="method">POST</span> /messages/:id/cancel</h3>
        <p>Takes a message back that waits to be sent.</p>
        <p>Only what has not left, such as a message with <code>send_at</code>. What was sent is taken back with <code>messages/delete</code>.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/3EB0XXXXX/cancel' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/3EB0XXXXX/cancel');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the log or the <code>message_id</code> of WhatsApp.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "cancelled"
          },
          "message": "Cancelled"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>It is not sent.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such message in this session.</td><td><a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The message is being sent, was sent, has failed or was never in the outbox.</td><td><a href="#code-too_late"><code>too_late</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="chatsTyping">
        <h3><span class="method">POST</span> /chats/typing</h3>
        <p>Shows the other side that somebody types, for about ten seconds.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/chats/typing' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"to": "968XXXXXXXX", "state": "composing"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/chats/typing');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'to' =&gt; '968XXXXXXXX',
                'state' =&gt; 'composing',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>to</code></td><td>string or integer</td><td>A phone number with country code, as text or integer, or a JID of a person or group.</td></tr><tr><td><code>state</code> <small>optional</small></td><td><code>composing</code>, <code>recording</code>, <code>paused</code></td><td>Default: <code>composing</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "to": "968XXXXXXXX@s.whatsapp.net",
            "state": "composing",
            "status": "done"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Shown, or <code>pending</code> where the daemon had not come to it in time.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or it could not be done.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>The number has no WhatsApp account, or there is no such message; nothing was sent.</td><td><a href="#code-not_on_whatsapp"><code>not_on_whatsapp</code></a> <a href="#code-recipient_gone"><code>recipient_gone</code></a> <a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>WhatsApp refused it, or something unexpected happened.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, or did not answer.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="callReject">
        <h3><span class="method">POST</span> /calls/reject</h3>
        <p>Rejects a call that rings.</p>
        <p><code>call_id</code> is that of the event <code>call.incoming</code>. The setting <code>calls.reject</code> rejects all calls by itself.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/calls/reject' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"call_id": "CALL_ID_HERE", "from": "968XXXXXXXX"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/calls/reject');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'call_id' =&gt; 'CALL_ID_HERE',
                'from' =&gt; '968XXXXXXXX',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>call_id</code></td><td>string</td><td>Of the event <code>call.incoming</code>.</td></tr><tr><td><code>from</code> <small>optional</small></td><td>string or integer</td><td>Who calls, as the event says; may be left out.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "call_id": "CALL_ID_HERE",
            "from": "968XXXXXXXX@s.whatsapp.net",
            "status": "rejected"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Rejected, or <code>pending</code> where the daemon had not come to it in time.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or it could not be done.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such call came in.</td><td><a href="#code-call_not_found"><code>call_not_found</code></a></td></tr><tr><td>409</td><td>The call was answered, rejected or given up.</td><td><a href="#code-call_over"><code>call_over</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>WhatsApp refused it, or something unexpected happened.</td><td><a href="#code-internal_error"><code>internal_error</code></a> <a href="#code-whatsapp_refused"><code>whatsapp_refused</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, or did not answer.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="posts">
        <h3><span class="method">GET</span> /posts</h3>
        <p>Status updates and posts of channels, the newest first.</p>
        <p>They are kept where the settings <code>receive.statuses</code> and <code>receive.channels</code> say so, apart from the messages.</p>
        <p class="note">Permission <code>messages:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/posts' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/posts');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 100 are lowered to 100, and <code>message</code> says so. Default: <code>20</code>.</td></tr><tr><td><code>kind</code> <small>optional</small></td><td><code>status</code>, <code>channel</code>, <code>all</code></td><td>Default: <code>all</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "posts": [
              {
                "id": 1,
                "kind": "status",
                "message_id": "3EB0XXXXX",
                "author": "968XXXXXXXX@s.whatsapp.net",
                "author_name": "John Doe",
                "message_type": "text",
                "content": "Hello!",
                "created_at": "2026-02-27T10:00:00.000Z"
              }
            ],
            "pagination": {
              "page": 1,
              "limit": 20,
              "total": 1,
              "totalPages": 1
            }
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>One page.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="messageLog">
        <h3><span class="method">GET</span> /messages/log</h3>
        <p>Pages of the messages sent and received, the newest first.</p>
        <p class="note">Permission <code>messages:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/messages/log' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/log');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 100 are lowered to 100, and <code>message</code> says so. Default: <code>20</code>.</td></tr><tr><td><code>direction</code> <small>optional</small></td><td><code>inbound</code>, <code>outbound</code>, <code>all</code></td><td>Default: <code>all</code>.</td></tr><tr><td><code>type</code> <small>optional</small></td><td><code>text</code>, <code>image</code>, <code>document</code>, <code>video</code>, <code>audio</code>, <code>location</code>, <code>contact</code>, <code>sticker</code>, <code>reaction</code>, <code>poll</code>, <code>other</code>, <code>all</code></td><td>Only this <code>message_type</code>. Default: <code>all</code>.</td></tr><tr><td><code>status</code> <small>optional</small></td><td><code>pending</code>, <code>sent</code>, <code>delivered</code>, <code>read</code>, <code>failed</code>, <code>received</code>, <code>all</code></td><td>Only this <code>status</code>. Default: <code>all</code>.</td></tr><tr><td><code>jid</code> <small>optional</small></td><td>string or integer</td><td>Only the chat with this number or JID.</td></tr><tr><td><code>since_id</code> <small>optional</small></td><td>integer</td><td>Only messages with a larger <code>id</code>; then the oldest come first.</td></tr><tr><td><code>from_date</code> <small>optional</small></td><td>string</td><td>Not before this day or moment, UTC.</td></tr><tr><td><code>to_date</code> <small>optional</small></td><td>string</td><td>Up to this day (with all of it) or moment, UTC.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "messages": [
              {
                "id": 1,
                "message_id": "3EB0XXXXX",
                "remote_jid": "968XXXXXXXX@s.whatsapp.net",
                "remote_name": "John Doe",
                "direction": "outbound",
                "message_type": "text",
                "content": "Hello!",
                "status": "sent",
                "created_at": "2026-02-27T10:00:00.000Z"
              }
            ],
            "pagination": {
              "page": 1,
              "limit": 20,
              "total": 150,
              "totalPages": 8
            }
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>One page.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="message">
        <h3><span class="method">GET</span> /messages/:id</h3>
        <p>One message.</p>
        <p class="note">Permission <code>messages:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/messages/3EB0XXXXX' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/3EB0XXXXX');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the log or the <code>message_id</code> of WhatsApp.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "id": 1,
            "message_id": "3EB0XXXXX",
            "remote_jid": "968XXXXXXXX@s.whatsapp.net",
            "remote_name": "John Doe",
            "direction": "outbound",
            "message_type": "text",
            "content": "Hello!",
            "status": "sent",
            "created_at": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The message.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such message in this session.</td><td><a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="media">
        <h3><span class="method">GET</span> /media/:token</h3>
        <p>A received file: the <code>media_url</code> of the log and of events.</p>
        <p>The link itself is the permission: whoever has it can read the file, as long as it is kept (the setting <code>media.retention_days</code>). It needs no key and is not limited.</p><p>A part is given where the header <code>Range</code> asks for one. Right after a message came the file may not be here yet: ask again after <code>Retry-After</code>.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/media/TOKEN'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/media/TOKEN');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
        ]);
        $answer = curl_exec($request);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>token</code> <small>path</small></td><td>string</td><td>The last part of the link.</td></tr><tr><td><code>Range</code> <small>optional</small> <small>header</small></td><td>string</td><td><code>bytes=0-1023</code></td></tr></table></div>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The file.</td><td></td></tr><tr><td>206</td><td>The part that was asked for.</td><td></td></tr><tr><td>400</td><td>The path can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a></td></tr><tr><td>404</td><td>The link is none of this installation, or the file is not kept any more.</td><td><a href="#code-media_not_found"><code>media_not_found</code></a> <a href="#code-media_expired"><code>media_expired</code></a> <a href="#code-media_gone"><code>media_gone</code></a></td></tr><tr><td>416</td><td>The file has no such part.</td><td><a href="#code-range_not_satisfiable"><code>range_not_satisfiable</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The file is being downloaded from WhatsApp, or the database is not there.</td><td><a href="#code-media_not_ready"><code>media_not_ready</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Bulk</h2><p>One text to many recipients, each with a message of its own.</p>
        <section id="sendBulk">
        <h3><span class="method">POST</span> /messages/send-bulk</h3>
        <p>Sends one message to many.</p>
        <p>Each recipient gets a message of its own; one that fails is a row of the answer and stops nothing. <code>to</code> of a result is the recipient as it was given.</p><p>Where all can be sent within 8 seconds the answer is 200 with the results. Otherwise it is 202 with the same fields as they stand, <code>job_id</code> and <code>status</code>: <code>GET messages/bulk/:id</code> tells the rest. A bulk survives restarts.</p><p>Instead of a text it takes a file, by its address or as the part <code>file</code> of a multipart body, or with <code>type</code> a location or a contact.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the sending limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/send-bulk' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"recipients": ["968XXXXXXXX"], "message": "Hello everyone!", "delay": 1000}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/send-bulk');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'recipients' =&gt; ['968XXXXXXXX'],
                'message' =&gt; 'Hello everyone!',
                'delay' =&gt; 1000,
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>recipients</code></td><td>array</td><td>Phone numbers or JIDs. What is none becomes a failed row.</td></tr><tr><td><code>message</code> <small>optional</small></td><td>string</td><td>The text.</td></tr><tr><td><code>delay</code> <small>optional</small></td><td>integer</td><td>Milliseconds between two messages. Default: <code>1000</code>.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>Answers this message of the same chat.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array or string</td><td>People that the text names as <code>@number</code>: numbers or JIDs; a list, or a text with commas.</td></tr><tr><td><code>queue</code> <small>optional</small></td><td>boolean</td><td>May wait while WhatsApp is not connected.</td></tr><tr><td><code>send_at</code> <small>optional</small></td><td>string</td><td>Not before this time, UTC.</td></tr><tr><td><code>imageUrl</code> <small>optional</small></td><td>string</td><td>A picture: JPEG, PNG or WebP. Its http or https address, or a data: URI.</td></tr><tr><td><code>documentUrl</code> <small>optional</small></td><td>string</td><td>Any file, likewise.</td></tr><tr><td><code>videoUrl</code> <small>optional</small></td><td>string</td><td>A video: MP4, likewise.</td></tr><tr><td><code>audioUrl</code> <small>optional</small></td><td>string</td><td>A sound; for a voice note Ogg Opus, MP3 or WAV, likewise.</td></tr><tr><td><code>caption</code> <small>optional</small></td><td>string</td><td>Stands below a picture, video or document.</td></tr><tr><td><code>fileName</code> <small>optional</small></td><td>string</td><td>Under which a document is shown.</td></tr><tr><td><code>mimetype</code> <small>optional</small></td><td>string</td><td>What a document is; without it, what its name or content says.</td></tr><tr><td><code>ptt</code> <small>optional</small></td><td>boolean</td><td>A voice note.</td></tr><tr><td><code>type</code> <small>optional</small></td><td><code>location</code></td><td><code>location</code> with a place, <code>contact</code> with a card; with <code>file</code>, what it is sent as: image, document, video or audio.</td></tr><tr><td><code>latitude</code> <small>optional</small></td><td>number</td><td>Degrees.</td></tr><tr><td><code>longitude</code> <small>optional</small></td><td>number</td><td>Degrees.</td></tr><tr><td><code>name</code> <small>optional</small></td><td>string</td><td>What people call the place.</td></tr><tr><td><code>address</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>contactName</code> <small>optional</small></td><td>string</td><td>The name on the card.</td></tr><tr><td><code>contactPhone</code> <small>optional</small></td><td>string or integer</td><td>A phone number with country code, as text or integer.</td></tr><tr><td><code>file</code> <small>optional</small></td><td>string</td><td>Sent to each of them; it is uploaded once.</td></tr><tr><td><code>Idempotency-Key</code> <small>optional</small> <small>header</small></td><td>string</td><td>Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "total": 3,
            "successful": 3,
            "failed": 0,
            "results": [
              {
                "to": "968XXXXXXXX",
                "success": true,
                "message_id": "3EB0XXX"
              },
              {
                "to": "968YYYYYYYY",
                "success": true,
                "message_id": "3EB0YYY"
              },
              {
                "to": "968ZZZZZZZZ",
                "success": true,
                "message_id": "3EB0ZZZ"
              }
            ]
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "total": 300,
            "successful": 1,
            "failed": 1,
            "results": [
              {
                "to": "968XXXXXXXX",
                "success": true,
                "message_id": "3EB0XXX"
              },
              {
                "to": "123",
                "success": false,
                "error": "`to` is not valid; expected 7 to 15 digits with the country code, not 3",
                "code": "invalid_recipient"
              }
            ],
            "job_id": 1,
            "status": "working"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>All are done.</td><td></td></tr><tr><td>202</td><td>It takes longer, or waits.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong, <code>error</code> names it; or the file can not be fetched, or not be sent as what it is.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a> <a href="#code-invalid_message"><code>invalid_message</code></a> <a href="#code-unsupported_recipient"><code>unsupported_recipient</code></a> <a href="#code-media_wrong_kind"><code>media_wrong_kind</code></a> <a href="#code-media_unsupported"><code>media_unsupported</code></a> <a href="#code-media_damaged"><code>media_damaged</code></a> <a href="#code-media_empty"><code>media_empty</code></a> <a href="#code-media_missing"><code>media_missing</code></a> <a href="#code-media_refused"><code>media_refused</code></a> <a href="#code-url_invalid"><code>url_invalid</code></a> <a href="#code-url_credentials"><code>url_credentials</code></a> <a href="#code-url_port"><code>url_port</code></a> <a href="#code-url_private"><code>url_private</code></a> <a href="#code-url_unresolved"><code>url_unresolved</code></a> <a href="#code-url_unreachable"><code>url_unreachable</code></a> <a href="#code-url_untrusted"><code>url_untrusted</code></a> <a href="#code-url_timeout"><code>url_timeout</code></a> <a href="#code-url_too_slow"><code>url_too_slow</code></a> <a href="#code-url_redirects"><code>url_redirects</code></a> <a href="#code-url_status"><code>url_status</code></a> <a href="#code-url_encoded"><code>url_encoded</code></a> <a href="#code-url_broken"><code>url_broken</code></a> <a href="#code-url_bad_data"><code>url_bad_data</code></a> <a href="#code-url_interrupted"><code>url_interrupted</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>409</td><td>The <code>Idempotency-Key</code> was used for something else, or its first request is still being worked on.</td><td><a href="#code-idempotency_conflict"><code>idempotency_conflict</code></a> <a href="#code-in_progress"><code>in_progress</code></a></td></tr><tr><td>413</td><td>The file, or what stands around it, is too large.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a> <a href="#code-media_too_large"><code>media_too_large</code></a> <a href="#code-url_too_large"><code>url_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or the key's messages of the day.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-daily_messages"><code>daily_messages</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, and nothing was stored. Or it, or the disk of this host, takes no files now.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-expired"><code>expired</code></a> <a href="#code-too_fast"><code>too_fast</code></a> <a href="#code-whatsapp_unavailable"><code>whatsapp_unavailable</code></a> <a href="#code-media_unavailable"><code>media_unavailable</code></a> <a href="#code-media_upload_failed"><code>media_upload_failed</code></a> <a href="#code-media_unreachable"><code>media_unreachable</code></a> <a href="#code-media_unreadable"><code>media_unreadable</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="bulks">
        <h3><span class="method">GET</span> /messages/bulk</h3>
        <p>Bulks, the newest first.</p>
        <p class="note">Permission <code>messages:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/messages/bulk' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/bulk');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 100 are lowered to 100, and <code>message</code> says so. Default: <code>20</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "jobs": [
              {
                "job_id": 1,
                "status": "done",
                "total": 3,
                "successful": 3,
                "failed": 0,
                "cancelled": 0,
                "pending": 0,
                "delay": 1000,
                "created_at": "2026-02-27T10:00:00.000Z",
                "finished_at": "2026-02-27T10:00:05.000Z"
              }
            ],
            "pagination": {
              "page": 1,
              "limit": 20,
              "total": 1,
              "totalPages": 1
            }
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>One page.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="bulk">
        <h3><span class="method">GET</span> /messages/bulk/:id</h3>
        <p>One bulk with a page of its results.</p>
        <p class="note">Permission <code>messages:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/messages/bulk/1' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/bulk/1');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>job_id</code>.</td></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 1000 are lowered to 1000, and <code>message</code> says so. Default: <code>100</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "job_id": 1,
            "status": "working",
            "total": 3,
            "successful": 1,
            "failed": 0,
            "cancelled": 0,
            "pending": 2,
            "delay": 1000,
            "created_at": "2026-02-27T10:00:00.000Z",
            "finished_at": null,
            "results": [
              {
                "to": "968XXXXXXXX",
                "success": true,
                "message_id": "3EB0XXX"
              }
            ],
            "pagination": {
              "page": 1,
              "limit": 100,
              "total": 1,
              "totalPages": 1
            }
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>How far it got.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such bulk in this session.</td><td><a href="#code-bulk_not_found"><code>bulk_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="bulkPause">
        <h3><span class="method">POST</span> /messages/bulk/:id/pause</h3>
        <p>Stops a bulk for a while.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/bulk/1/pause' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/bulk/1/pause');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>job_id</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "job_id": 1,
            "status": "paused",
            "total": 3,
            "successful": 1,
            "failed": 0,
            "cancelled": 0,
            "pending": 2,
            "delay": 1000,
            "created_at": "2026-02-27T10:00:00.000Z",
            "finished_at": null
          },
          "message": "Bulk paused"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>It sends no more until it is resumed.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such bulk in this session.</td><td><a href="#code-bulk_not_found"><code>bulk_not_found</code></a></td></tr><tr><td>409</td><td>The bulk is done or cancelled.</td><td><a href="#code-bulk_finished"><code>bulk_finished</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="bulkResume">
        <h3><span class="method">POST</span> /messages/bulk/:id/resume</h3>
        <p>Goes on with a bulk that was paused.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/bulk/1/resume' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/bulk/1/resume');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>job_id</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "job_id": 1,
            "status": "working",
            "total": 3,
            "successful": 1,
            "failed": 0,
            "cancelled": 0,
            "pending": 2,
            "delay": 1000,
            "created_at": "2026-02-27T10:00:00.000Z",
            "finished_at": null
          },
          "message": "Bulk resumed"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>It goes on.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such bulk in this session.</td><td><a href="#code-bulk_not_found"><code>bulk_not_found</code></a></td></tr><tr><td>409</td><td>The bulk is done or cancelled.</td><td><a href="#code-bulk_finished"><code>bulk_finished</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="bulkCancel">
        <h3><span class="method">POST</span> /messages/bulk/:id/cancel</h3>
        <p>Ends a bulk; what was sent stays sent.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/bulk/1/cancel' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/bulk/1/cancel');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>job_id</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "job_id": 1,
            "status": "cancelled",
            "total": 3,
            "successful": 1,
            "failed": 0,
            "cancelled": 0,
            "pending": 2,
            "delay": 1000,
            "created_at": "2026-02-27T10:00:00.000Z",
            "finished_at": null
          },
          "message": "Bulk cancelled"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>What had not left is cancelled.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such bulk in this session.</td><td><a href="#code-bulk_not_found"><code>bulk_not_found</code></a></td></tr><tr><td>409</td><td>The bulk is done or cancelled.</td><td><a href="#code-bulk_finished"><code>bulk_finished</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Outbox</h2><p>What waits to be sent. Single messages, bulks, messages for later and rows inserted by SQL go through it.</p>
        <section id="outbox">
        <h3><span class="method">GET</span> /messages/outbox</h3>
        <p>What waits to be sent and what became of it, whoever put it there.</p>
        <p>A site with access to the database puts messages there by itself, under the same checks:</p><p><code>INSERT INTO wa_outbox (to_jid, payload) VALUES ('96812345678', '{"message": "Hello!"}');</code></p>
        <p class="note">Permission <code>messages:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/messages/outbox' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/outbox');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 100 are lowered to 100, and <code>message</code> says so. Default: <code>20</code>.</td></tr><tr><td><code>status</code> <small>optional</small></td><td><code>pending</code>, <code>working</code>, <code>sent</code>, <code>failed</code>, <code>cancelled</code>, <code>all</code></td><td>Default: <code>all</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "outbox": [
              {
                "id": 1,
                "message_id": "3EB0XXXXX",
                "to": "968XXXXXXXX@s.whatsapp.net",
                "type": "text",
                "status": "pending",
                "source": "api",
                "attempts": 0,
                "send_at": "2026-03-01T08:00:00.000Z",
                "error": null,
                "code": null,
                "job_id": null,
                "created_at": "2026-02-27T10:00:00.000Z",
                "finished_at": null
              }
            ],
            "pagination": {
              "page": 1,
              "limit": 20,
              "total": 1,
              "totalPages": 1
            }
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>One page.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="outboxCancel">
        <h3><span class="method">POST</span> /messages/outbox/:id/cancel</h3>
        <p>Takes a row of the outbox back that waits to be sent.</p>
        <p class="note">Permission <code>messages:send</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/messages/outbox/1/cancel' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/messages/outbox/1/cancel');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> in <code>GET messages/outbox</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "status": "cancelled"
          },
          "message": "Cancelled"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>It is not sent.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such message in this session.</td><td><a href="#code-message_not_found"><code>message_not_found</code></a></td></tr><tr><td>409</td><td>The message is being sent, was sent, has failed or was never in the outbox.</td><td><a href="#code-too_late"><code>too_late</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Contacts</h2><p>People and groups; a group has <code>is_group</code> true.</p>
        <section id="contactsCheck">
        <h3><span class="method">POST</span> /contacts/check</h3>
        <p>Whether a number is on WhatsApp.</p>
        <p>Numbers of Brazil, Mexico and Argentina are asked for in each form that WhatsApp may know them by; <code>contact</code> has the one that it does. <code>phones</code> asks for up to 50 at once and is answered with <code>results</code>.</p><p>Answers are remembered: a week for a number that is there, an hour for one that is not. WhatsApp is asked for 200 numbers an hour at most (the setting <code>limits.checks</code>).</p>
        <p class="note">Permission <code>contacts:read</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/contacts/check' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"phone": "968XXXXXXXX"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/contacts/check');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'phone' =&gt; '968XXXXXXXX',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>phone</code> <small>optional</small></td><td>string or integer</td><td>The number.</td></tr><tr><td><code>phones</code> <small>optional</small></td><td>array</td><td>Several at once.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "message": "Number is on WhatsApp",
          "exists": true,
          "contact": {
            "jid": "968XXXXXXXX@s.whatsapp.net",
            "phone": "968XXXXXXXX",
            "name": "John Doe",
            "lid": null
          }
        }</pre>
        <pre class="answer">{
          "success": true,
          "exists": false,
          "message": "Number is not on WhatsApp"
        }</pre>
        <pre class="answer">{
          "success": true,
          "message": "2 numbers checked",
          "results": [
            {
              "phone": "968XXXXXXXX",
              "exists": true,
              "contact": {
                "jid": "968XXXXXXXX@s.whatsapp.net",
                "phone": "968XXXXXXXX",
                "name": null,
                "lid": null
              }
            },
            {
              "phone": "968YYYYYYYY",
              "exists": false
            }
          ]
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>What WhatsApp says.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit of requests is used up, or too many numbers were asked for.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a> <a href="#code-too_many_checks"><code>too_many_checks</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected, or did not answer in time.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-check_unanswered"><code>check_unanswered</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="contacts">
        <h3><span class="method">GET</span> /contacts</h3>
        <p>Pages of people and groups.</p>
        <p class="note">Permission <code>contacts:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/contacts' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/contacts');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 200 are lowered to 200, and <code>message</code> says so. Default: <code>50</code>.</td></tr><tr><td><code>search</code> <small>optional</small></td><td>string</td><td>Part of a name or number.</td></tr><tr><td><code>type</code> <small>optional</small></td><td><code>individual</code>, <code>group</code>, <code>all</code></td><td>Default: <code>all</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "contacts": [
              {
                "id": 1,
                "jid": "968XXXXXXXX@s.whatsapp.net",
                "phone": "968XXXXXXXX",
                "push_name": "John Doe",
                "is_group": false,
                "last_message_at": "2026-02-27T10:00:00.000Z",
                "lid": null
              }
            ],
            "pagination": {
              "page": 1,
              "limit": 50,
              "total": 150,
              "totalPages": 3
            }
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>One page.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="contactsSearch">
        <h3><span class="method">GET</span> /contacts/search</h3>
        <p>The best 50 matches of a name or number.</p>
        <p class="note">Permission <code>contacts:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/contacts/search?q=John' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/contacts/search?q=John');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>q</code></td><td>string</td><td>At least 2 characters.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "contacts": [
              {
                "id": 1,
                "jid": "968XXXXXXXX@s.whatsapp.net",
                "phone": "968XXXXXXXX",
                "push_name": "John Doe"
              }
            ]
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Matches.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="contactsSync">
        <h3><span class="method">POST</span> /contacts/sync</h3>
        <p>Fetches names and groups from WhatsApp anew.</p>
        <p>That happens by itself whenever WhatsApp connects; the answer does not wait for it.</p>
        <p class="note">Permission <code>contacts:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/contacts/sync' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/contacts/sync');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "message": "Contacts are synced automatically when WhatsApp connects."
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Asked for.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>WhatsApp is not connected; nothing was stored.</td><td><a href="#code-not_connected"><code>not_connected</code></a> <a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="contact">
        <h3><span class="method">GET</span> /contacts/:jid</h3>
        <p>One person or group.</p>
        <p class="note">Permission <code>contacts:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/contacts/968XXXXXXXX' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/contacts/968XXXXXXXX');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>jid</code> <small>path</small></td><td>string</td><td>A JID, url-encoded or not, or a bare number.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "id": 1,
            "jid": "968XXXXXXXX@s.whatsapp.net",
            "phone": "968XXXXXXXX",
            "push_name": "John Doe",
            "is_group": false,
            "message_count": 25,
            "last_message_at": "2026-02-27T10:00:00.000Z",
            "created_at": "2026-02-20T08:00:00.000Z",
            "lid": null
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The contact.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such contact in this session.</td><td><a href="#code-contact_not_found"><code>contact_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="contactsExport">
        <h3><span class="method">GET</span> /contacts/export</h3>
        <p>All contacts as a CSV file.</p>
        <p>Columns <code>jid</code>, <code>phone</code>, <code>name</code>, <code>is_group</code>, <code>message_count</code>, <code>last_message_at</code>. Cells that a spreadsheet would run as a formula begin with <code>'</code>.</p>
        <p class="note">Permission <code>contacts:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/contacts/export' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/contacts/export');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = curl_exec($request);</pre>
        <pre class="answer">jid,phone,name,is_group,message_count,last_message_at
        968XXXXXXXX@s.whatsapp.net,968XXXXXXXX,John Doe,false,25,2026-02-27T10:00:00.000Z
        </pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The file, as an attachment.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Webhooks</h2><p>Where events are posted to, and what became of each.</p>
        <section id="webhooks">
        <h3><span class="method">GET</span> /webhooks</h3>
        <p>The webhooks of the key's session.</p>
        <p>Secrets and headers are not told: <code>***</code> says that there is one.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/webhooks' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "webhooks": [
              {
                "id": 1,
                "url": "https://your-domain.com/webhook.php",
                "name": "",
                "events": [
                  "message.received"
                ],
                "active": true,
                "session": "default",
                "secret": "***",
                "headers": {},
                "failing_since": null,
                "created_at": "2026-02-27T10:00:00.000Z"
              }
            ]
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>All of them.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="webhookAdd">
        <h3><span class="method">POST</span> /webhooks</h3>
        <p>Adds a webhook.</p>
        <p>With a <code>secret</code> every request is signed: <code>X-Webhook-Signature</code> is the HMAC-SHA256 of the body in hex.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/webhooks' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"url": "https://your-domain.com/webhook.php", "events": ["message.received", "message.status"], "secret": "your-webhook-secret"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'url' =&gt; 'https://your-domain.com/webhook.php',
                'events' =&gt; ['message.received', 'message.status'],
                'secret' =&gt; 'your-webhook-secret',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>url</code></td><td>string</td><td>An address that begins with http:// or https://.</td></tr><tr><td><code>name</code> <small>optional</small></td><td>string</td><td>What it is for.</td></tr><tr><td><code>events</code> <small>optional</small></td><td>array or string</td><td>Only these events; a list, or a text with commas. All where it is left out or <code>*</code>.</td></tr><tr><td><code>secret</code> <small>optional</small></td><td>string</td><td>Signs every request.</td></tr><tr><td><code>headers</code> <small>optional</small></td><td>object or array</td><td>More headers for every request, such as a token: <code>{"Authorization": "Bearer …"}</code>.</td></tr><tr><td><code>active</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>session</code> <small>optional</small></td><td>string</td><td>Whose events: a session by its name, <code>*</code> for all; the key's own where it is left out.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "id": 1,
            "url": "https://your-domain.com/webhook.php",
            "name": "",
            "events": [
              "message.received"
            ],
            "active": true,
            "session": "default",
            "secret": "***",
            "headers": {},
            "failing_since": null,
            "created_at": "2026-02-27T10:00:00.000Z"
          },
          "message": "Webhook added"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Added.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such session, or one that the key may not see.</td><td><a href="#code-session_not_found"><code>session_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="deliveries">
        <h3><span class="method">GET</span> /webhooks/deliveries</h3>
        <p>What was delivered and what the receivers said, the newest first.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/webhooks/deliveries' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/deliveries');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>webhook</code> <small>optional</small></td><td>integer</td><td>Only of this webhook.</td></tr><tr><td><code>status</code> <small>optional</small></td><td><code>pending</code>, <code>delivered</code>, <code>dead</code>, <code>all</code></td><td><code>dead</code> is what was given up. Default: <code>all</code>.</td></tr><tr><td><code>event</code> <small>optional</small></td><td><code>message.received</code>, <code>message.sent</code>, <code>message.status</code>, <code>connection.connected</code>, <code>connection.disconnected</code>, <code>connection.qr_ready</code>, <code>call.incoming</code>, <code>call.rejected</code></td><td></td></tr><tr><td><code>before_id</code> <small>optional</small></td><td>integer</td><td>Only older ones than this <code>id</code>: the <code>next_before_id</code> of the page before.</td></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 200 are lowered to 200, and <code>message</code> says so. Default: <code>50</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "deliveries": [
              {
                "id": 1,
                "event_id": "01234567-89ab-4cde-8f01-23456789abcd",
                "event": "message.received",
                "webhook": 1,
                "url": "https://your-domain.com/webhook.php",
                "status": "delivered",
                "attempts": 1,
                "last_status": 200,
                "last_error": null,
                "answer": "OK",
                "next_attempt_at": null,
                "created_at": "2026-02-27T10:00:00.000Z",
                "delivered_at": "2026-02-27T10:00:00.200Z"
              }
            ],
            "next_before_id": null
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The newest, or those before <code>before_id</code>.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="delivery">
        <h3><span class="method">GET</span> /webhooks/deliveries/:id</h3>
        <p>One delivery with the body that was posted.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/webhooks/deliveries/1' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/deliveries/1');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the delivery.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "id": 1,
            "event_id": "01234567-89ab-4cde-8f01-23456789abcd",
            "event": "message.received",
            "webhook": 1,
            "url": "https://your-domain.com/webhook.php",
            "status": "delivered",
            "attempts": 1,
            "last_status": 200,
            "last_error": null,
            "answer": "OK",
            "next_attempt_at": null,
            "created_at": "2026-02-27T10:00:00.000Z",
            "delivered_at": "2026-02-27T10:00:00.200Z",
            "body": "{\"event\":\"message.received\",…}"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The delivery.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such delivery, or one that the key may not see.</td><td><a href="#code-delivery_not_found"><code>delivery_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="deliveryReplay">
        <h3><span class="method">POST</span> /webhooks/deliveries/:id/replay</h3>
        <p>Delivers it once more.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/webhooks/deliveries/1/replay' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/deliveries/1/replay');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the delivery.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "delivery_id": 1,
            "status": "pending"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>202</td><td>Queued.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such delivery, or one that the key may not see.</td><td><a href="#code-delivery_not_found"><code>delivery_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="webhook">
        <h3><span class="method">GET</span> /webhooks/:id</h3>
        <p>One webhook.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/webhooks/1' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/1');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the webhook.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "id": 1,
            "url": "https://your-domain.com/webhook.php",
            "name": "",
            "events": [
              "message.received"
            ],
            "active": true,
            "session": "default",
            "secret": "***",
            "headers": {},
            "failing_since": null,
            "created_at": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The webhook.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such webhook, or one that the key may not see.</td><td><a href="#code-webhook_not_found"><code>webhook_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="webhookChange">
        <h3><span class="method">POST</span> /webhooks/:id</h3>
        <p>Changes what the body names; the rest stays.</p>
        <p>An empty <code>secret</code> ends signing, an empty <code>headers</code> takes all headers away.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/webhooks/1' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"active": false}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/1');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'active' =&gt; false,
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the webhook.</td></tr><tr><td><code>url</code> <small>optional</small></td><td>string</td><td>An address that begins with http:// or https://.</td></tr><tr><td><code>name</code> <small>optional</small></td><td>string</td><td>What it is for.</td></tr><tr><td><code>events</code> <small>optional</small></td><td>array or string</td><td>Only these events; a list, or a text with commas. All where it is left out or <code>*</code>.</td></tr><tr><td><code>secret</code> <small>optional</small></td><td>string</td><td>Signs every request.</td></tr><tr><td><code>headers</code> <small>optional</small></td><td>object or array</td><td>More headers for every request, such as a token: <code>{"Authorization": "Bearer …"}</code>.</td></tr><tr><td><code>active</code> <small>optional</small></td><td>boolean</td><td></td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "id": 1,
            "url": "https://your-domain.com/webhook.php",
            "name": "",
            "events": [
              "message.received"
            ],
            "active": false,
            "session": "default",
            "secret": "***",
            "headers": {},
            "failing_since": null,
            "created_at": "2026-02-27T10:00:00.000Z"
          },
          "message": "Webhook changed"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Changed.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such webhook, or one that the key may not see.</td><td><a href="#code-webhook_not_found"><code>webhook_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="webhookTest">
        <h3><span class="method">POST</span> /webhooks/:id/test</h3>
        <p>Posts a made-up message, to try the receiver out.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/webhooks/1/test' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/1/test');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the webhook.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "delivery_id": 1,
            "status": "pending"
          },
          "message": "Queued; GET webhooks/deliveries/1 tells what the receiver answered"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>202</td><td>Queued; <code>GET webhooks/deliveries/:id</code> tells what the receiver said.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such webhook, or one that the key may not see.</td><td><a href="#code-webhook_not_found"><code>webhook_not_found</code></a></td></tr><tr><td>409</td><td>The webhook is switched off.</td><td><a href="#code-webhook_inactive"><code>webhook_inactive</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="webhookReplay">
        <h3><span class="method">POST</span> /webhooks/:id/replay</h3>
        <p>Delivers once more all that was given up.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/webhooks/1/replay' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/1/replay');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the webhook.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "replayed": 2
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>202</td><td>Queued.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such webhook, or one that the key may not see.</td><td><a href="#code-webhook_not_found"><code>webhook_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="webhookDelete">
        <h3><span class="method">POST</span> /webhooks/:id/delete</h3>
        <p>Deletes a webhook and its deliveries.</p>
        <p class="note">Permission <code>webhooks:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/webhooks/1/delete' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/webhooks/1/delete');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the webhook.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "message": "Webhook deleted with its deliveries"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Deleted.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such webhook, or one that the key may not see.</td><td><a href="#code-webhook_not_found"><code>webhook_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Keys</h2><p>Only for keys with all permissions; whoever makes keys can make any. A key of the session <code>default</code> sees those of all sessions.</p>
        <section id="keys">
        <h3><span class="method">GET</span> /keys</h3>
        <p>The keys of the session; never the keys themselves.</p>
        <p class="note">Permission <code>*</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/keys' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/keys');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "keys": [
              {
                "id": 2,
                "name": "My shop",
                "permissions": [
                  "messages:send"
                ],
                "session": "default",
                "active": true,
                "daily_limit": 1000,
                "general_limit": null,
                "send_limit": null,
                "daily_messages": null,
                "allowed_ips": [],
                "expires_at": null,
                "last_used_at": null,
                "created_at": "2026-02-27T10:00:00.000Z"
              }
            ]
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>All of them.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="keyAdd">
        <h3><span class="method">POST</span> /keys</h3>
        <p>Makes a key.</p>
        <p>It is shown this once. Limits are requests: <code>daily_limit</code> a day, <code>general_limit</code> in 15 minutes, <code>send_limit</code> sending requests a minute; <code>daily_messages</code> counts messages, those of bulks each. 0 is no limit; what is left out is as the settings say.</p>
        <p class="note">Permission <code>*</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/keys' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"name": "My shop", "permissions": ["messages:send"]}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/keys');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'name' =&gt; 'My shop',
                'permissions' =&gt; ['messages:send'],
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>name</code></td><td>string</td><td>What the key is for.</td></tr><tr><td><code>permissions</code> <small>optional</small></td><td>array or string</td><td>All where they are left out; a list, or a text with commas.</td></tr><tr><td><code>daily_limit</code> <small>optional</small></td><td>integer</td><td>Requests a day.</td></tr><tr><td><code>general_limit</code> <small>optional</small></td><td>integer</td><td>Requests in 15 minutes.</td></tr><tr><td><code>send_limit</code> <small>optional</small></td><td>integer</td><td>Sending requests a minute.</td></tr><tr><td><code>daily_messages</code> <small>optional</small></td><td>integer</td><td>Messages a day.</td></tr><tr><td><code>expires_at</code> <small>optional</small></td><td>string</td><td>A day, with all of it, or a time; UTC.</td></tr><tr><td><code>allowed_ips</code> <small>optional</small></td><td>array or string</td><td>Addresses or networks such as 192.0.2.0/24 from which alone it may be used; a list, or a text with commas.</td></tr><tr><td><code>session</code> <small>optional</small></td><td>string</td><td>The session that it is for; the key's own where it is left out.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "key": "…",
            "id": 2,
            "name": "My shop",
            "permissions": [
              "messages:send"
            ],
            "session": "default",
            "active": true,
            "daily_limit": 1000,
            "general_limit": null,
            "send_limit": null,
            "daily_messages": null,
            "allowed_ips": [],
            "expires_at": null,
            "last_used_at": null,
            "created_at": "2026-02-27T10:00:00.000Z"
          },
          "message": "Keep the key: it is shown this once"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The key.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such session, or one that the key may not see.</td><td><a href="#code-session_not_found"><code>session_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="keysUsage">
        <h3><span class="method">GET</span> /keys/usage</h3>
        <p>Requests, messages and refusals of each key and day, the newest first.</p>
        <p class="note">Permission <code>*</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/keys/usage' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/keys/usage');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>key</code> <small>optional</small></td><td>integer</td><td>Only of the key with this <code>id</code>.</td></tr><tr><td><code>page</code> <small>optional</small></td><td>integer</td><td>Page number. Default: <code>1</code>.</td></tr><tr><td><code>limit</code> <small>optional</small></td><td>integer</td><td>Items per page; more than 1000 are lowered to 1000, and <code>message</code> says so. Default: <code>100</code>.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "usage": [
              {
                "key_id": 2,
                "name": "My shop",
                "day": "2026-02-27",
                "requests": 120,
                "messages": 30,
                "refusals": 1
              }
            ]
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The newest days.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="keyDisable">
        <h3><span class="method">POST</span> /keys/:id/disable</h3>
        <p>Switches a key off; it stays listed.</p>
        <p class="note">Permission <code>*</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/keys/2/disable' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/keys/2/disable');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the key.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "message": "Key disabled"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Off within five seconds.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such key, or one that the caller may not see.</td><td><a href="#code-key_not_found"><code>key_not_found</code></a></td></tr><tr><td>409</td><td>It is the key of this request.</td><td><a href="#code-own_key"><code>own_key</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="keyDelete">
        <h3><span class="method">POST</span> /keys/:id/delete</h3>
        <p>Deletes a key.</p>
        <p class="note">Permission <code>*</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/keys/2/delete' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/keys/2/delete');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>id</code> <small>path</small></td><td>string</td><td>The <code>id</code> of the key.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "message": "Key deleted"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Gone.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such key, or one that the caller may not see.</td><td><a href="#code-key_not_found"><code>key_not_found</code></a></td></tr><tr><td>409</td><td>It is the key of this request.</td><td><a href="#code-own_key"><code>own_key</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Sessions</h2><p>Several WhatsApp numbers on one installation. A key belongs to one session; one of <code>default</code> with all permissions sees all.</p>
        <section id="sessions">
        <h3><span class="method">GET</span> /sessions</h3>
        <p>The sessions that the key knows of.</p>
        <p class="note">Permission <code>session:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/sessions' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/sessions');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "sessions": [
              {
                "name": "default",
                "status": "connected",
                "user": {
                  "id": "968XXXXXXXX@s.whatsapp.net",
                  "name": "Your Name"
                },
                "connected_at": "2026-02-27T10:00:00.000Z",
                "reason": null,
                "last_seen_at": "2026-02-27T10:00:00.000Z",
                "daemon": "running",
                "created_at": "2026-02-20T08:00:00.000Z"
              }
            ]
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>All of them.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionAdd">
        <h3><span class="method">POST</span> /sessions</h3>
        <p>Adds a session: one more WhatsApp number.</p>
        <p>Only for keys of the session <code>default</code>.</p>
        <p class="note">Permission <code>*</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/sessions' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{"name": "shop"}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/sessions');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; json_encode([
                'name' =&gt; 'shop',
            ]),
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>name</code></td><td>string</td><td>Letters, digits, dashes, dots and underscores.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "name": "shop",
            "status": "disconnected",
            "user": null,
            "connected_at": null,
            "reason": null,
            "last_seen_at": null,
            "daemon": "running",
            "created_at": "2026-02-27T10:00:00.000Z"
          },
          "message": "Session added"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Added; <code>sessions/:name/connect</code> links its phone.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>409</td><td>There is a session of this name.</td><td><a href="#code-session_exists"><code>session_exists</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="session">
        <h3><span class="method">GET</span> /sessions/:name</h3>
        <p>As <code>session/status</code>, of a session by its name.</p>
        <p class="note">Permission <code>session:read</code>; counts on the general limit.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/sessions/default' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/sessions/default');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>name</code> <small>path</small></td><td>string</td><td>The session's name.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "connected",
            "user": {
              "id": "968XXXXXXXX@s.whatsapp.net",
              "name": "Your Name"
            },
            "connected_at": "2026-02-27T10:00:00.000Z",
            "reason": null,
            "last_seen_at": "2026-02-27T10:00:00.000Z",
            "daemon": "running"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The session.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such session, or one that the key may not see.</td><td><a href="#code-session_not_found"><code>session_not_found</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionByNameConnect">
        <h3><span class="method">POST</span> /sessions/:name/connect</h3>
        <p>As <code>session/connect</code>, of a session by its name.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/sessions/default/connect' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/sessions/default/connect');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>name</code> <small>path</small></td><td>string</td><td>The session's name.</td></tr><tr><td><code>phone</code> <small>optional</small></td><td>string or integer</td><td>The account's number: asks for a code to type instead of a QR code.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "connecting",
            "message": "Reconnecting with saved credentials"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>How far it got.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such session, or one that the key may not see.</td><td><a href="#code-session_not_found"><code>session_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The daemon does not run, or WhatsApp refused; <code>error</code> says what helps.</td><td><a href="#code-daemon_stopped"><code>daemon_stopped</code></a> <a href="#code-logged_out"><code>logged_out</code></a> <a href="#code-banned"><code>banned</code></a> <a href="#code-replaced"><code>replaced</code></a> <a href="#code-client_outdated"><code>client_outdated</code></a> <a href="#code-passkey_required"><code>passkey_required</code></a> <a href="#code-connection_lost"><code>connection_lost</code></a> <a href="#code-bad_session"><code>bad_session</code></a> <a href="#code-pairing_failed"><code>pairing_failed</code></a> <a href="#code-wrong_server_key"><code>wrong_server_key</code></a> <a href="#code-running_elsewhere"><code>running_elsewhere</code></a> <a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionByNameDisconnect">
        <h3><span class="method">POST</span> /sessions/:name/disconnect</h3>
        <p>As <code>session/disconnect</code>, of a session by its name.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/sessions/default/disconnect' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/sessions/default/disconnect');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>name</code> <small>path</small></td><td>string</td><td>The session's name.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "disconnected",
            "user": null,
            "connected_at": null,
            "reason": "manual",
            "last_seen_at": "2026-02-27T10:00:00.000Z",
            "daemon": "running"
          },
          "message": "Disconnected successfully"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Done.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such session, or one that the key may not see.</td><td><a href="#code-session_not_found"><code>session_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <section id="sessionByNameLogout">
        <h3><span class="method">POST</span> /sessions/:name/logout</h3>
        <p>As <code>session/logout</code>, of a session by its name.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/sessions/default/logout' \
          -H 'X-API-Key: your-api-key-here' \
          -H 'Content-Type: application/json' \
          -d '{}'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/sessions/default/logout');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here', 'Content-Type: application/json'],
            CURLOPT_POSTFIELDS =&gt; '{}',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr><tr><td><code>name</code> <small>path</small></td><td>string</td><td>The session's name.</td></tr><tr><td><code>purge</code> <small>optional</small></td><td>boolean</td><td>Deletes the session's log and contacts as well.</td></tr></table></div>
        <pre class="answer">{
          "success": true,
          "data": {
            "status": "disconnected",
            "user": null,
            "connected_at": null,
            "reason": "logged_out",
            "last_seen_at": null,
            "daemon": "running"
          },
          "message": "Logged out successfully"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>Done.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>404</td><td>No such session, or one that the key may not see.</td><td><a href="#code-session_not_found"><code>session_not_found</code></a></td></tr><tr><td>413</td><td>The body is larger than 1 MiB.</td><td><a href="#code-body_too_large"><code>body_too_large</code></a></td></tr><tr><td>415</td><td>The body is neither JSON nor form nor multipart.</td><td><a href="#code-unsupported_media_type"><code>unsupported_media_type</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2>Service</h2><p>The API itself.</p>
        <section id="health">
        <h3><span class="method">GET</span> /health</h3>
        <p>Whether the API runs.</p>
        <p>Needs no key and is not limited. It says nothing about WhatsApp; <code>session/status</code> does.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/health'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/health');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "message": "WA-Connect API is running",
          "timestamp": "2026-02-27T10:00:00.000Z"
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>It runs.</td><td></td></tr><tr><td>503</td><td>WA-Connect is not set up.</td><td><a href="#code-not_configured"><code>not_configured</code></a></td></tr></table></div></details></section>
        <section id="openapi">
        <h3><span class="method">GET</span> /openapi</h3>
        <p>This reference for programs, as OpenAPI 3.1.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/openapi'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/openapi');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The document.</td><td></td></tr><tr><td>503</td><td>WA-Connect is not set up.</td><td><a href="#code-not_configured"><code>not_configured</code></a></td></tr></table></div></details></section>
        <section id="docs">
        <h3><span class="method">GET</span> /docs</h3>
        <p>This reference for people, as a page.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/docs'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/docs');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
        ]);
        $answer = curl_exec($request);</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The page.</td><td></td></tr><tr><td>503</td><td>WA-Connect is not set up.</td><td><a href="#code-not_configured"><code>not_configured</code></a></td></tr></table></div></details></section>
        <section id="page">
        <h3><span class="method">GET</span> /page</h3>
        <p>The page that links a phone.</p>
        <p><code>wa-connect sessions page</code> prints its address with a key that opens it once.</p>
        <pre class="curl">curl 'https://your-domain.com/api/v1/page'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/page');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
        ]);
        $answer = curl_exec($request);</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The page.</td><td></td></tr><tr><td>503</td><td>WA-Connect is not set up.</td><td><a href="#code-not_configured"><code>not_configured</code></a></td></tr></table></div></details></section>
        <section id="pageOpen">
        <h3><span class="method">POST</span> /page/open</h3>
        <p>Changes the key of a link to the page for the key of one browser.</p>
        <p>Only the page itself asks this; other keys are refused.</p>
        <p class="note">Permission <code>session:manage</code>; counts on the general limit.</p>
        <pre class="curl">curl -X POST 'https://your-domain.com/api/v1/page/open' \
          -H 'X-API-Key: your-api-key-here'</pre>
        <pre class="php">$request = curl_init('https://your-domain.com/api/v1/page/open');
        curl_setopt_array($request, [
            CURLOPT_RETURNTRANSFER =&gt; true, CURLOPT_TIMEOUT =&gt; 10,
            CURLOPT_HTTPHEADER =&gt; ['X-API-Key: your-api-key-here'],
            CURLOPT_POSTFIELDS =&gt; '',
        ]);
        $answer = json_decode(curl_exec($request), true);</pre>
        <pre class="answer">{
          "success": true,
          "data": {
            "key": "…",
            "session": "default",
            "expires_at": "2026-02-27T10:30:00.000Z"
          }
        }</pre>
        <details><summary>Answers</summary><div class="wide"><table><tr><td>200</td><td>The page's own key.</td><td></td></tr><tr><td>400</td><td>A field is missing or wrong; <code>error</code> names it. Or the request can not be read.</td><td><a href="#code-bad_request"><code>bad_request</code></a> <a href="#code-validation_failed"><code>validation_failed</code></a></td></tr><tr><td>401</td><td>No key, or one that is unknown, disabled or expired.</td><td><a href="#code-unauthorized"><code>unauthorized</code></a></td></tr><tr><td>403</td><td>The key lacks the permission, or may not be used from this address.</td><td><a href="#code-forbidden"><code>forbidden</code></a> <a href="#code-address_not_allowed"><code>address_not_allowed</code></a></td></tr><tr><td>429</td><td>A limit is used up.</td><td><a href="#code-rate_limited"><code>rate_limited</code></a></td></tr><tr><td>500</td><td>Unexpected; the web server's log has the <code>request_id</code>.</td><td><a href="#code-internal_error"><code>internal_error</code></a></td></tr><tr><td>503</td><td>The database is not there or busy, or all who may wait do so already.</td><td><a href="#code-database_unavailable"><code>database_unavailable</code></a> <a href="#code-database_not_ready"><code>database_not_ready</code></a> <a href="#code-not_configured"><code>not_configured</code></a> <a href="#code-outcome_unknown"><code>outcome_unknown</code></a> <a href="#code-busy"><code>busy</code></a></td></tr></table></div></details></section>
        <h2 id="events">Events</h2>
        <p>Each event is a POST with a JSON body to the webhooks of its session. Answer with any 2xx within 10 seconds; otherwise it comes again.
        <code>X-Webhook-Event</code> and <code>X-Webhook-Timestamp</code> say what and when, <code>X-Webhook-Id</code> is the same at every attempt, <code>X-Webhook-Attempt</code> counts them.
        Where the webhook has a secret, <code>X-Webhook-Signature</code> is the HMAC-SHA256 of the body in lower-case hex (<code>X-Webhook-Signature-256</code> the same behind <code>sha256=</code>):</p>
        <pre class="receiver">$body = file_get_contents('php://input');
        $signature = $_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? '';
        if (!hash_equals(hash_hmac('sha256', $body, 'your-secret'), $signature)) {
            http_response_code(401);
            exit;
        }
        $event = json_decode($body, true);</pre>
        <section id="event-message.received"><h3>message.received</h3><p>A message came in.</p>
        <pre class="answer">{
          "event": "message.received",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "message_id": "3EB0XXXXX",
            "from": "968XXXXXXXX@s.whatsapp.net",
            "from_name": "John Doe",
            "type": "text",
            "content": "Hello!",
            "media_url": null,
            "is_group": false,
            "timestamp": "2026-02-27T10:00:00.000Z"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>message_id</code></td><td>string</td><td></td></tr><tr><td><code>from</code></td><td>string</td><td>The chat: the sender, or the group.</td></tr><tr><td><code>from_name</code></td><td>string</td><td></td></tr><tr><td><code>type</code></td><td><code>text</code>, <code>image</code>, <code>document</code>, <code>video</code>, <code>audio</code>, <code>location</code>, <code>contact</code>, <code>sticker</code>, <code>reaction</code>, <code>poll</code>, <code>other</code></td><td></td></tr><tr><td><code>content</code></td><td>string</td><td></td></tr><tr><td><code>media_url</code></td><td>string</td><td>A link to the file on this host.</td></tr><tr><td><code>is_group</code></td><td>boolean</td><td></td></tr><tr><td><code>timestamp</code></td><td>string</td><td></td></tr><tr><td><code>lid</code> <small>optional</small></td><td>string</td><td>The sender's LID, where WhatsApp used one.</td></tr><tr><td><code>participant</code> <small>optional</small></td><td>string</td><td>Who wrote, in a group.</td></tr><tr><td><code>participant_phone</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>mime_type</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>file_name</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>file_size</code> <small>optional</small></td><td>integer</td><td>Bytes.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>The message that it answers.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array</td><td>JIDs of people that it names.</td></tr><tr><td><code>forwarded</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>edited_message_id</code> <small>optional</small></td><td>string</td><td>The message whose text it replaces.</td></tr><tr><td><code>deleted_message_id</code> <small>optional</small></td><td>string</td><td>The message that it takes back.</td></tr><tr><td><code>deleted_by_admin</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>reaction_to</code> <small>optional</small></td><td>string</td><td>The message that it reacts to.</td></tr><tr><td><code>reaction_removed</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>location</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>contacts</code> <small>optional</small></td><td>array</td><td>The cards of a message of type <code>contact</code>.</td></tr><tr><td><code>poll</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>poll_vote</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>view_once</code> <small>optional</small></td><td>boolean</td><td>Only the phone can show it, once.</td></tr><tr><td><code>disappearing</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>group_invite</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>event</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>note</code> <small>optional</small></td><td>string</td><td>What WhatsApp calls a message of a kind that is not known.</td></tr></table></div></details></section>
        <section id="event-message.sent"><h3>message.sent</h3><p>A message went out, by the API or typed on the phone.</p>
        <pre class="answer">{
          "event": "message.sent",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "message_id": "3EB0XXXXX",
            "to": "968XXXXXXXX@s.whatsapp.net",
            "type": "text",
            "content": "Hello!",
            "status": "sent"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>message_id</code></td><td>string</td><td></td></tr><tr><td><code>to</code></td><td>string</td><td></td></tr><tr><td><code>type</code></td><td><code>text</code>, <code>image</code>, <code>document</code>, <code>video</code>, <code>audio</code>, <code>location</code>, <code>contact</code>, <code>sticker</code>, <code>reaction</code>, <code>poll</code>, <code>other</code></td><td></td></tr><tr><td><code>content</code></td><td>string</td><td></td></tr><tr><td><code>status</code></td><td><code>sent</code></td><td></td></tr><tr><td><code>source</code> <small>optional</small></td><td><code>phone</code></td><td>Only where it was typed on the phone.</td></tr><tr><td><code>media_url</code> <small>optional</small></td><td>string</td><td>A link to the file on this host.</td></tr><tr><td><code>mime_type</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>file_name</code> <small>optional</small></td><td>string</td><td></td></tr><tr><td><code>file_size</code> <small>optional</small></td><td>integer</td><td>Bytes.</td></tr><tr><td><code>quoted_message_id</code> <small>optional</small></td><td>string</td><td>The message that it answers.</td></tr><tr><td><code>mentions</code> <small>optional</small></td><td>array</td><td>JIDs of people that it names.</td></tr><tr><td><code>forwarded</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>edited_message_id</code> <small>optional</small></td><td>string</td><td>The message whose text it replaces.</td></tr><tr><td><code>deleted_message_id</code> <small>optional</small></td><td>string</td><td>The message that it takes back.</td></tr><tr><td><code>deleted_by_admin</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>reaction_to</code> <small>optional</small></td><td>string</td><td>The message that it reacts to.</td></tr><tr><td><code>reaction_removed</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>location</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>contacts</code> <small>optional</small></td><td>array</td><td>The cards of a message of type <code>contact</code>.</td></tr><tr><td><code>poll</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>poll_vote</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>view_once</code> <small>optional</small></td><td>boolean</td><td>Only the phone can show it, once.</td></tr><tr><td><code>disappearing</code> <small>optional</small></td><td>boolean</td><td></td></tr><tr><td><code>group_invite</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>event</code> <small>optional</small></td><td>object</td><td></td></tr><tr><td><code>note</code> <small>optional</small></td><td>string</td><td>What WhatsApp calls a message of a kind that is not known.</td></tr></table></div></details></section>
        <section id="event-message.status"><h3>message.status</h3><p>A message of ours got further.</p>
        <pre class="answer">{
          "event": "message.status",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "message_id": "3EB0XXXXX",
            "remote_jid": "968XXXXXXXX@s.whatsapp.net",
            "status": "delivered"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>message_id</code></td><td>string</td><td></td></tr><tr><td><code>remote_jid</code></td><td>string</td><td></td></tr><tr><td><code>status</code></td><td><code>sent</code>, <code>delivered</code>, <code>read</code>, <code>failed</code></td><td></td></tr><tr><td><code>error</code> <small>optional</small></td><td>string</td><td>With <code>failed</code>: why.</td></tr></table></div></details></section>
        <section id="event-connection.connected"><h3>connection.connected</h3><p>The session is connected.</p>
        <pre class="answer">{
          "event": "connection.connected",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "status": "connected",
            "phone_number": "968XXXXXXXX",
            "wa_name": "Your Name"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>status</code></td><td><code>connected</code></td><td></td></tr><tr><td><code>phone_number</code></td><td>string</td><td></td></tr><tr><td><code>wa_name</code></td><td>string</td><td></td></tr></table></div></details></section>
        <section id="event-connection.disconnected"><h3>connection.disconnected</h3><p>The session is not connected any more.</p>
        <pre class="answer">{
          "event": "connection.disconnected",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "status": "disconnected",
            "reason": "logout"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>status</code></td><td><code>disconnected</code></td><td></td></tr><tr><td><code>reason</code></td><td><code>logout</code>, <code>manual</code>, <code>connection_lost</code>, <code>connection_replaced</code>, <code>banned</code>, <code>client_outdated</code>, <code>bad_session</code>, <code>daemon_stopped</code></td><td></td></tr><tr><td><code>details</code> <small>optional</small></td><td>string</td><td>WhatsApp's own words, where it said any: why a number was banned, links for an appeal.</td></tr></table></div></details></section>
        <section id="event-connection.qr_ready"><h3>connection.qr_ready</h3><p>A QR code is ready to be scanned.</p>
        <pre class="answer">{
          "event": "connection.qr_ready",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "status": "qr_ready",
            "qr": "https://wa.me/settings/linked_devices#…"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>status</code></td><td><code>qr_ready</code></td><td></td></tr><tr><td><code>qr</code></td><td>string</td><td></td></tr></table></div></details></section>
        <section id="event-call.incoming"><h3>call.incoming</h3><p>Somebody calls.</p>
        <pre class="answer">{
          "event": "call.incoming",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "from": "968XXXXXXXX@s.whatsapp.net",
            "call_id": "CALL_ID_HERE",
            "is_video": false
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>from</code></td><td>string</td><td></td></tr><tr><td><code>call_id</code></td><td>string</td><td></td></tr><tr><td><code>is_video</code></td><td>boolean</td><td></td></tr><tr><td><code>is_group</code> <small>optional</small></td><td><code>True</code></td><td>Only for calls of groups.</td></tr></table></div></details></section>
        <section id="event-call.rejected"><h3>call.rejected</h3><p>A call was rejected, by the API, by the setting or on the phone.</p>
        <pre class="answer">{
          "event": "call.rejected",
          "timestamp": "2026-02-27T10:00:00.000Z",
          "data": {
            "from": "968XXXXXXXX@s.whatsapp.net",
            "call_id": "CALL_ID_HERE",
            "is_video": false,
            "reason": "setting"
          }
        }</pre>
        <details><summary>Fields</summary><div class="wide"><table><tr><td><code>from</code></td><td>string</td><td></td></tr><tr><td><code>call_id</code></td><td>string</td><td></td></tr><tr><td><code>is_video</code></td><td>boolean</td><td></td></tr><tr><td><code>reason</code></td><td><code>api</code>, <code>setting</code>, <code>elsewhere</code></td><td>By the API, by the setting <code>calls.reject</code>, or on the phone.</td></tr><tr><td><code>is_group</code> <small>optional</small></td><td><code>True</code></td><td>Only for calls of groups.</td></tr></table></div></details></section>
        <h2 id="codes">Errors</h2>
        <p>HTTP status: 400 the request is wrong, 401 no good key, 403 not allowed, 404 no such thing, 405 wrong method, 409 conflict, 413 too large, 415 wrong type, 429 too many, 500 a defect, 503 not now.</p>
        <section><div class="wide"><table><tr id="code-bad_request"><td><code>bad_request</code></td><td>The body, path or query can not be read; <code>error</code> says where.</td></tr><tr id="code-validation_failed"><td><code>validation_failed</code></td><td>A field is missing or wrong; <code>error</code> names it and what was expected.</td></tr><tr id="code-invalid_message"><td><code>invalid_message</code></td><td>The message can not be sent as it is.</td></tr><tr id="code-unsupported_recipient"><td><code>unsupported_recipient</code></td><td>Messages can not be sent to such an address.</td></tr><tr id="code-unauthorized"><td><code>unauthorized</code></td><td>Check the key.</td></tr><tr id="code-forbidden"><td><code>forbidden</code></td><td>The key lacks the permission that <code>error</code> names.</td></tr><tr id="code-address_not_allowed"><td><code>address_not_allowed</code></td><td>The key may be used from other addresses only.</td></tr><tr id="code-opted_out"><td><code>opted_out</code></td><td>The number stands in <code>wa_opt_outs</code>. Leave it alone.</td></tr><tr id="code-reach_out_timelock"><td><code>reach_out_timelock</code></td><td>WhatsApp does not let this account write to strangers for now. Wait; let people write first.</td></tr><tr id="code-new_chats_capped"><td><code>new_chats_capped</code></td><td>WhatsApp limits how many new chats this account may begin. Wait.</td></tr><tr id="code-not_allowed"><td><code>not_allowed</code></td><td>WhatsApp does not allow it; in a group, not a member or only admins may write.</td></tr><tr id="code-not_found"><td><code>not_found</code></td><td>No such path.</td></tr><tr id="code-message_not_found"><td><code>message_not_found</code></td><td>No such message in this session.</td></tr><tr id="code-not_on_whatsapp"><td><code>not_on_whatsapp</code></td><td>No WhatsApp account with that number.</td></tr><tr id="code-recipient_gone"><td><code>recipient_gone</code></td><td>The account or group does not exist any more.</td></tr><tr id="code-method_not_allowed"><td><code>method_not_allowed</code></td><td>The path answers the methods in <code>Allow</code>.</td></tr><tr id="code-idempotency_conflict"><td><code>idempotency_conflict</code></td><td>Use another <code>Idempotency-Key</code> for another message.</td></tr><tr id="code-in_progress"><td><code>in_progress</code></td><td>Ask again in a moment.</td></tr><tr id="code-cancelled"><td><code>cancelled</code></td><td>The message was taken back before it was sent.</td></tr><tr id="code-body_too_large"><td><code>body_too_large</code></td><td>Send media by URL or as multipart.</td></tr><tr id="code-unsupported_media_type"><td><code>unsupported_media_type</code></td><td>Send JSON, form or multipart.</td></tr><tr id="code-rate_limited"><td><code>rate_limited</code></td><td>Wait as long as <code>Retry-After</code> says.</td></tr><tr id="code-internal_error"><td><code>internal_error</code></td><td>A defect; the web server's log has the <code>request_id</code>.</td></tr><tr id="code-send_failed"><td><code>send_failed</code></td><td>The message was not sent; <code>error</code> says why.</td></tr><tr id="code-whatsapp_refused"><td><code>whatsapp_refused</code></td><td>WhatsApp refused the message.</td></tr><tr id="code-stanza_invalid"><td><code>stanza_invalid</code></td><td>WhatsApp did not understand the message.</td></tr><tr id="code-stale_addressing"><td><code>stale_addressing</code></td><td>WhatsApp addresses this chat in another way; try again.</td></tr><tr id="code-not_connected"><td><code>not_connected</code></td><td>Link the phone, or wait for the connection; nothing was stored.</td></tr><tr id="code-daemon_stopped"><td><code>daemon_stopped</code></td><td>Start the daemon with <code>wa-connect ensure</code>; nothing was stored.</td></tr><tr id="code-logged_out"><td><code>logged_out</code></td><td>The phone was unlinked; link it again.</td></tr><tr id="code-banned"><td><code>banned</code></td><td>WhatsApp has banned the account.</td></tr><tr id="code-replaced"><td><code>replaced</code></td><td>Another connection took this one's place.</td></tr><tr id="code-client_outdated"><td><code>client_outdated</code></td><td>WhatsApp refuses this version; update WA-Connect.</td></tr><tr id="code-passkey_required"><td><code>passkey_required</code></td><td>The account asks for a passkey, which a linked device can not give.</td></tr><tr id="code-connection_lost"><td><code>connection_lost</code></td><td>WhatsApp can not be reached from this host.</td></tr><tr id="code-bad_session"><td><code>bad_session</code></td><td>The link is broken; link the phone again.</td></tr><tr id="code-pairing_failed"><td><code>pairing_failed</code></td><td>The phone did not finish linking; ask again.</td></tr><tr id="code-wrong_server_key"><td><code>wrong_server_key</code></td><td>The server could not prove to be WhatsApp.</td></tr><tr id="code-running_elsewhere"><td><code>running_elsewhere</code></td><td>Another installation runs this session.</td></tr><tr id="code-too_fast"><td><code>too_fast</code></td><td>WhatsApp asks to send more slowly.</td></tr><tr id="code-whatsapp_unavailable"><td><code>whatsapp_unavailable</code></td><td>WhatsApp takes no messages now.</td></tr><tr id="code-database_unavailable"><td><code>database_unavailable</code></td><td>The database can not be reached or is busy; try again.</td></tr><tr id="code-database_not_ready"><td><code>database_not_ready</code></td><td>Run <code>wa-connect migrate</code>.</td></tr><tr id="code-not_configured"><td><code>not_configured</code></td><td>The configuration is missing or has a mistake.</td></tr><tr id="code-outcome_unknown"><td><code>outcome_unknown</code></td><td>It may have been accepted; repeat with the same <code>Idempotency-Key</code>.</td></tr><tr id="code-busy"><td><code>busy</code></td><td>Too many requests are waiting; try again.</td></tr><tr id="code-daily_messages"><td><code>daily_messages</code></td><td>The key's messages of the day are used up; wait, or raise <code>daily_messages</code>.</td></tr><tr id="code-not_editable"><td><code>not_editable</code></td><td>Only texts that this number has sent can be edited.</td></tr><tr id="code-not_deletable"><td><code>not_deletable</code></td><td>Messages of others can be taken back in groups only, by an admin.</td></tr><tr id="code-no_devices"><td><code>no_devices</code></td><td>None of the recipient's devices can be written to; try again later.</td></tr><tr id="code-expired"><td><code>expired</code></td><td>WhatsApp was not connected in time; try again.</td></tr><tr id="code-call_not_found"><td><code>call_not_found</code></td><td>No call with that <code>call_id</code> came in.</td></tr><tr id="code-call_over"><td><code>call_over</code></td><td>Nothing was done.</td></tr><tr id="code-too_late"><td><code>too_late</code></td><td>Only a message that waits can be cancelled.</td></tr><tr id="code-bulk_not_found"><td><code>bulk_not_found</code></td><td>No bulk with that <code>job_id</code> in this session.</td></tr><tr id="code-bulk_finished"><td><code>bulk_finished</code></td><td>It is done or cancelled already.</td></tr><tr id="code-too_many_checks"><td><code>too_many_checks</code></td><td>Wait as long as <code>Retry-After</code> says, or WhatsApp may ban the number.</td></tr><tr id="code-check_unanswered"><td><code>check_unanswered</code></td><td>WhatsApp did not answer in time; try again.</td></tr><tr id="code-contact_not_found"><td><code>contact_not_found</code></td><td>No contact with that JID or number.</td></tr><tr id="code-webhook_not_found"><td><code>webhook_not_found</code></td><td>No webhook with that <code>id</code> for this key.</td></tr><tr id="code-webhook_inactive"><td><code>webhook_inactive</code></td><td>Switch it on first, with <code>active</code> true.</td></tr><tr id="code-delivery_not_found"><td><code>delivery_not_found</code></td><td>No delivery with that <code>id</code> for this key.</td></tr><tr id="code-key_not_found"><td><code>key_not_found</code></td><td>No key with that <code>id</code> for this key.</td></tr><tr id="code-own_key"><td><code>own_key</code></td><td>Use another key, or <code>wa-connect keys</code>.</td></tr><tr id="code-session_not_found"><td><code>session_not_found</code></td><td>No session of that name for this key.</td></tr><tr id="code-session_exists"><td><code>session_exists</code></td><td>Take another name.</td></tr><tr id="code-media_not_found"><td><code>media_not_found</code></td><td>The link is none of this installation.</td></tr><tr id="code-media_expired"><td><code>media_expired</code></td><td>The file is no longer kept.</td></tr><tr id="code-media_gone"><td><code>media_gone</code></td><td>WhatsApp has lost the file, or it is too large or damaged.</td></tr><tr id="code-media_not_ready"><td><code>media_not_ready</code></td><td>The file is being downloaded; ask again.</td></tr><tr id="code-range_not_satisfiable"><td><code>range_not_satisfiable</code></td><td>The error says how many bytes the file has.</td></tr><tr id="code-media_wrong_kind"><td><code>media_wrong_kind</code></td><td>The file is not what the call sends; its content decides.</td></tr><tr id="code-media_unsupported"><td><code>media_unsupported</code></td><td>Phones do not show such files, or it can not be converted here.</td></tr><tr id="code-media_damaged"><td><code>media_damaged</code></td><td>The file is broken.</td></tr><tr id="code-media_empty"><td><code>media_empty</code></td><td>The file has no content.</td></tr><tr id="code-media_refused"><td><code>media_refused</code></td><td>WhatsApp's media hosts do not take the file.</td></tr><tr id="code-media_too_large"><td><code>media_too_large</code></td><td>Send a smaller file, or raise media.max_bytes.</td></tr><tr id="code-media_unavailable"><td><code>media_unavailable</code></td><td>The file can not be kept on this host now; media.dir must be writable, and the disk have room.</td></tr><tr id="code-url_invalid"><td><code>url_invalid</code></td><td>Only http and https addresses are fetched.</td></tr><tr id="code-url_credentials"><td><code>url_credentials</code></td><td>The address has a user name in it.</td></tr><tr id="code-url_port"><td><code>url_port</code></td><td>Files are not fetched from this port.</td></tr><tr id="code-url_private"><td><code>url_private</code></td><td>The address is one of a private network; see fetch.media_private.</td></tr><tr id="code-url_unresolved"><td><code>url_unresolved</code></td><td>The name has no address.</td></tr><tr id="code-url_unreachable"><td><code>url_unreachable</code></td><td>The server does not let us connect.</td></tr><tr id="code-url_untrusted"><td><code>url_untrusted</code></td><td>The server's certificate is not trusted.</td></tr><tr id="code-url_timeout"><td><code>url_timeout</code></td><td>The server did not answer in time.</td></tr><tr id="code-url_too_slow"><td><code>url_too_slow</code></td><td>The file comes too slowly.</td></tr><tr id="code-url_redirects"><td><code>url_redirects</code></td><td>Too many redirects, or one that leads nowhere.</td></tr><tr id="code-url_status"><td><code>url_status</code></td><td>The server answered with an error instead of the file.</td></tr><tr id="code-url_encoded"><td><code>url_encoded</code></td><td>The server sent the file compressed, which was not asked for.</td></tr><tr id="code-url_broken"><td><code>url_broken</code></td><td>The server's answer ended early, or is no HTTP.</td></tr><tr id="code-url_bad_data"><td><code>url_bad_data</code></td><td>The data URI holds no good base64.</td></tr><tr id="code-url_interrupted"><td><code>url_interrupted</code></td><td>The file was being fetched when the daemon ended.</td></tr><tr id="code-url_too_large"><td><code>url_too_large</code></td><td>Send a smaller file, or raise media.max_bytes.</td></tr><tr id="code-media_upload_failed"><td><code>media_upload_failed</code></td><td>The file could not be uploaded to WhatsApp; try again.</td></tr><tr id="code-media_unreachable"><td><code>media_unreachable</code></td><td>WhatsApp's media hosts can not be reached; try again.</td></tr><tr id="code-media_unreadable"><td><code>media_unreadable</code></td><td>The file can not be read on this host now; try again.</td></tr><tr id="code-media_missing"><td><code>media_missing</code></td><td>The file that came with the request is not there any more; send it again.</td></tr></table></div></section>
        </main>
        </div>
        </body>
        </html>
        """##
}
