/// `GET page`: shows the QR or the code to link a phone, where the session stands, and sends a test message. Made for phones, too.
///
/// The page itself holds no secret. Its key comes behind the `#` of the link, which browsers send to nobody.
enum LinkPage {
    static let answer: @Sendable (Service) -> Page = { _ in Page(html: html) }

    private static let html = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>WA-Connect</title>
        <style nonce="NONCE">
        :root { color-scheme: light dark; --accent: #0a7c5c; --line: #8884; --soft: #8881 }
        * { box-sizing: border-box }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; justify-items: center; padding: 1rem }
        main { width: 100%; max-width: 26rem }
        h1 { font-size: 1.25rem; margin: .5rem 0 1rem }
        .card { border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin-bottom: 1rem }
        .state { display: flex; gap: .6rem; align-items: center; font-weight: 600 }
        .dot { width: .75rem; height: .75rem; border-radius: 50%; background: #c90; flex: none }
        .dot.on { background: var(--accent) } .dot.off { background: #c33 }
        #qr { display: block; width: 100%; max-width: 20rem; margin: 1rem auto; background: #fff; border-radius: 8px }
        #code { font: 700 2rem/1.2 ui-monospace, monospace; letter-spacing: .12em; text-align: center; margin: 1rem 0 }
        ol { padding-left: 1.2rem; margin: .5rem 0 } p { margin: .5rem 0 }
        label { display: block; font-size: .9rem; margin-top: .5rem }
        input { width: 100%; font: inherit; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: 8px; background: var(--soft); color: inherit }
        button { font: inherit; padding: .55rem 1rem; border: 0; border-radius: 8px; background: var(--accent); color: #fff; margin-top: .7rem; cursor: pointer }
        button.plain { background: none; color: inherit; text-decoration: underline; padding-left: 0 }
        .note { font-size: .9rem; opacity: .8 } [hidden] { display: none !important }
        </style>
        </head>
        <body>
        <main>
        <h1>WA-Connect</h1>
        <noscript><p>This page needs JavaScript.</p></noscript>
        <section class="card">
          <div class="state" role="status"><span class="dot" id="dot"></span><span id="state">One moment …</span></div>
          <p class="note" id="detail"></p>
          <div id="scan" hidden>
            <img id="qr" alt="QR code to scan with WhatsApp">
            <ol><li>Open WhatsApp on your phone</li><li>Settings, <b>Linked devices</b></li><li><b>Link a device</b>, and scan this code</li></ol>
            <button class="plain" id="use-code" type="button">No camera? Link with a code</button>
          </div>
          <form id="ask" hidden>
            <label for="phone">The phone's number, with country code</label>
            <input id="phone" inputmode="tel" autocomplete="tel" placeholder="+968 …" required>
            <button>Get a code</button> <button class="plain" id="use-qr" type="button">Back to the QR code</button>
          </form>
          <div id="typed" hidden>
            <div id="code"></div>
            <ol><li>Open WhatsApp on your phone</li><li>Settings, <b>Linked devices</b>, <b>Link a device</b></li><li><b>Link with phone number instead</b>, and type this code</li></ol>
            <button class="plain" id="back" type="button">Back to the QR code</button>
          </div>
        </section>
        <form class="card" id="test" hidden>
          <b>Send a test message</b>
          <label for="to">To, with country code</label>
          <input id="to" inputmode="tel" placeholder="+968 …" required>
          <label for="text">Message</label>
          <input id="text" value="Hello from WA-Connect" maxlength="1000" required>
          <button>Send</button>
          <p class="note" id="sent" role="status"></p>
        </form>
        <p class="note" id="until"></p>
        </main>
        <script nonce="NONCE">
        'use strict';
        const $ = id => document.getElementById(id);
        const base = location.pathname.replace(/\/page\/?$/, '/');
        let key = '', phone = '', asking = false, round = 0;

        async function call(method, path, body) {
          const answer = await fetch(base + path, {
            method, headers: { 'X-API-Key': key, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body), cache: 'no-store'
          });
          let json = {};
          try { json = await answer.json() } catch { json = { message: 'The web server answers ' + answer.status + ', and not as WA-Connect does' } }
          return { status: answer.status, json, wait: Number(answer.headers.get('Retry-After')) || 0 };
        }

        function show(state, text, detail = '') {
          $('dot').className = 'dot ' + state;
          $('state').textContent = text;
          $('detail').textContent = detail;
        }

        function panel(name) {
          for (const id of ['scan', 'ask', 'typed']) $(id).hidden = id !== name;
        }

        function render(data) {
          $('test').hidden = data.status !== 'connected';
          switch (data.status) {
            case 'connected':
              show('on', 'Connected', data.user ? [data.user.name, '+' + data.user.id.split('@')[0]].filter(Boolean).join(', ') : '');
              return panel('');
            case 'qr_ready':
              show('', 'Waiting to be scanned', 'The code changes by itself; this page follows.');
              if (data.qr_image) $('qr').src = data.qr_image;
              return asking || panel('scan');
            case 'pairing_code':
              show('', 'Waiting for the code');
              $('code').textContent = data.pairing_code;
              return panel('typed');
            default:
              show('', 'Connecting …', data.message || '');
              if (!asking) panel('');
          }
        }

        async function follow() {
          const mine = ++round;
          while (mine === round) {
            let pause = 2;
            try {
              const { status, json, wait } = await call('POST', 'session/connect', phone ? { phone } : {});
              if (mine !== round) return;
              if (status === 401) return ended();
              if (json.success) {
                render(json.data);
                if (json.data.status === 'connected') pause = 10;
              } else {
                show('off', json.message, json.error || '');
                if (status === 400) { phone = ''; asking = true; panel('ask') }
                pause = Math.min(wait || 5, 15);
              }
            } catch {
              show('off', 'The site can not be reached', 'Trying again …');
              pause = 5;
            }
            await new Promise(done => setTimeout(done, pause * 1000));
          }
        }

        function ended() {
          round++;
          sessionStorage.removeItem('key');
          panel(''); $('test').hidden = true; $('until').textContent = '';
          show('off', 'This link has been used or has expired', 'Make a new one on the host: wa-connect sessions page');
        }

        async function open() {
          const fresh = location.hash.slice(1);
          if (fresh) {
            history.replaceState(null, '', location.pathname);
            key = fresh;
            const { status, json } = await call('POST', 'page/open');
            if (status !== 200) return status === 401 || status === 403 ? ended() : show('off', json.message, json.error);
            sessionStorage.setItem('key', JSON.stringify(json.data));
          }
          const kept = JSON.parse(sessionStorage.getItem('key') || 'null');
          if (!kept) return ended();
          key = kept.key;
          $('until').textContent = 'Session “' + kept.session + '”. This page works until ' + new Date(kept.expires_at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) + '.';
          follow();
        }

        $('use-code').onclick = () => { asking = true; panel('ask'); $('phone').focus() };
        $('use-qr').onclick = $('back').onclick = () => { asking = false; phone = ''; panel(''); follow() };
        $('ask').onsubmit = event => { event.preventDefault(); asking = false; phone = $('phone').value; panel(''); follow() };
        $('test').onsubmit = async event => {
          event.preventDefault();
          $('sent').textContent = 'Sending …';
          try {
            const { json } = await call('POST', 'messages/send-text', { to: $('to').value, message: $('text').value });
            $('sent').textContent = json.success ? 'Sent: ' + json.data.status : json.message + ' (' + json.error + ')';
          } catch { $('sent').textContent = 'The site can not be reached.' }
        };
        open();
        </script>
        </body>
        </html>
        """#
}
