import Testing

@testable import Model

struct ConfigurationTests {
    private static let key = String(repeating: "ab", count: 32)
    private static let minimal = "db.name = site_wa\ndb.user = site_wa\nsecret.key = \(key)\n"

    @Test func defaults() throws {
        let configuration = try ConfigurationParser.parse(Self.minimal, home: "/home/u")
        #expect(configuration.database.host == "localhost")
        #expect(configuration.database.port == 3_306)
        #expect(configuration.runDirectory == "/home/u/wa-connect/run")
        #expect(configuration.apiWorkers == 4)
        #expect(configuration.apiWaiting == 2)
        #expect(configuration.apiSocketMode == 0o600)
        #expect(configuration.whatsApp.url == "wss://web.whatsapp.com/ws/chat")
        #expect(configuration.whatsApp.rootKey.count == 32)
        #expect(configuration.fetchWebhookPrivate == .web)
        #expect("\(configuration.secretKey)" == "<32 bytes>")
    }

    @Test func commentsQuotesHomeAndOverrides() throws {
        let text = "# the database\n" + Self.minimal + "db.password = \" p = #1 \"\r\nrun.dir=~/run\napi.socket_mode = 0666\n"
        let configuration = try ConfigurationParser.parse(text, environment: ["WA_DB_HOST": "db.example", "WA_API_WORKERS": "2"], home: "/h")
        #expect(configuration.database.password == " p = #1 ")
        #expect(configuration.runDirectory == "/h/run")
        #expect(configuration.apiSocketMode == 0o666)
        #expect(configuration.database.host == "db.example")
        #expect(configuration.apiWorkers == 2)
    }

    @Test(arguments: [
        ("db.hots = x", "line 4: unknown key `db.hots`"), ("db.name = again", "line 4: `db.name` is given twice"), ("nonsense", "line 4: expected"),
        ("db.port = 0", "line 4: `db.port` must be a whole number from 1 to 65535"), ("db.port = 99999", "line 4: `db.port`"),
        ("log.level = loud", "line 4: `log.level` must be one of debug, info, notice, warning, error"),
        ("whatsapp.url = ws://x", "line 4: `whatsapp.url`"), ("whatsapp.root_key = 12", "line 4: `whatsapp.root_key`"),
        ("api.socket_mode = 0999", "line 4: `api.socket_mode`"), ("fetch.media_private = maybe", "line 4: `fetch.media_private`"),
    ])
    func mistakesNameTheLine(_ line: String, _ message: String) {
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationParser.parse(Self.minimal + line, home: "/h") }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "no error")")
    }

    @Test func missingAndBadEnvironmentValuesAreNamed() {
        let missing = #expect(throws: ConfigurationError.self) { try ConfigurationParser.parse("db.name = x\ndb.user = y\n", home: "/h") }
        #expect(missing?.description.hasPrefix("the file: `secret.key` must be") == true)
        let environment = #expect(throws: ConfigurationError.self) {
            try ConfigurationParser.parse(Self.minimal, environment: ["WA_DB_PORT": "x"], home: "/h")
        }
        #expect(environment?.place == "WA_DB_PORT")
    }

    @Test func everyKeyHasItsEnvironmentName() {
        #expect(ConfigurationParser.environmentName(of: "fetch.media_private") == "WA_FETCH_MEDIA_PRIVATE")
    }
}
