import Model

/// The way out to WhatsApp, and the way in from the web.
enum NetworkChecks {
    /// Seconds that this host's clock may differ from the service's before TLS and time-based keys suffer.
    private static let clockTolerance: Int64 = 120

    static func whatsApp(_ loaded: LoadedConfiguration) -> Finding {
        let settings = loaded.configuration.whatsApp
        guard let endpoint = try? ServiceEndpoint(settings.url) else {
            return .failed("whatsapp", "`whatsapp.url` is no address", cure: "remove the line from \(loaded.path)")
        }
        let address = "https://\(endpoint.host):\(endpoint.port)/"
        switch HTTPProbe(caFile: settings.caFile).get(address) {
        case .failure(let trouble):
            return .failed(
                "whatsapp", "\(endpoint.host) can not be reached: \(trouble.words)",
                cure: "ask the host to allow outgoing connections to \(endpoint.host), port \(endpoint.port)")
        case .success(let answer):
            if let theirs = answer.date, abs(theirs - SystemClock.now().seconds) > clockTolerance {
                return .warning("whatsapp", "this host's clock is \(abs(theirs - SystemClock.now().seconds)) s off", cure: "tell the host")
            }
            return .ok("whatsapp", "\(endpoint.host) can be reached")
        }
    }

    static func web(_ loaded: LoadedConfiguration) -> Finding {
        guard let base = loaded.configuration.publicBaseURL else {
            return .warning(
                "web", "`public.base_url` is not set, so links in webhooks can not be made and the way in is not checked",
                cure: "public.base_url = https://your-domain.com in \(loaded.path)")
        }
        let address = PublicAddress(base: base).of("health")
        switch HTTPProbe(caFile: loaded.configuration.whatsApp.caFile).get(address) {
        case .failure(let trouble):
            return .failed("web", "\(address): \(trouble.words)", cure: "open it in a browser; check the domain and its certificate")
        case .success(let answer) where answer.status == 200 && answer.body.contains("WA-Connect"):
            return .ok("web", "\(address) answers")
        case .success(let answer):
            return .failed("web", "\(address) answers \(answer.status), and not as WA-Connect does", cure: cure(answer.status, loaded))
        }
    }

    private static func cure(_ status: Int, _ loaded: LoadedConfiguration) -> String {
        switch status {
        case 503:
            "the web server may not open the socket: `api.socket_mode = 0666` in \(loaded.path) and `wa-connect restart`; htaccess/README.md has more"
        case 404: "the folder public_html/api with .htaccess, api.cgi and api.fcgi is missing or belongs to another domain"
        case 500: "see the site's error log; the folder public_html/api and its programs need mode 755 and this account as owner"
        case 403: "the host's firewall or a rule of the site refuses it; see the site's error log"
        default: "see the site's error log and htaccess/README.md"
        }
    }
}
