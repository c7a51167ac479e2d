import Testing

@testable import API
@testable import Model
@testable import Store

@Suite struct SessionTests {
    @Test func statusOfAConnectedSession() throws {
        let world = try World()
        try world.connectSession()
        try world.startDaemon()
        let answer = world.call("GET", "session/status")
        #expect(answer.text("data.status") == "connected")
        #expect(answer.text("data.user.id") == "96890000001@s.whatsapp.net")
        #expect(answer.text("data.user.name") == "Amal")
        #expect(answer.text("data.connected_at") == "2026-02-27T10:00:00.000Z")
        #expect(answer.text("data.last_seen_at") == "2026-02-27T10:00:01.500Z")
        #expect(answer.text("data.daemon") == "running")
        #expect(answer["data.reason"] == .null)
    }

    @Test func aDeadDaemonsLastWordIsNotBelieved() throws {
        let world = try World()
        try world.connectSession()
        for _ in 0..<2 {
            let answer = world.call("GET", "session/status")
            #expect(answer.text("data.status") == "disconnected")
            #expect(answer["data.user"] == .null && answer["data.connected_at"] == .null)
            #expect(answer.text("data.daemon") == "stopped" && answer.text("data.reason") == "daemon_stopped")
            try world.startDaemon().stop()
        }
    }

    @Test func connectWaitsForTheCode() throws {
        let world = try World()
        let database = world.database
        let bell = try world.startDaemon { line in
            try? database.sql(
                "UPDATE wa_sessions SET status = 'qr_ready', qr = 'https://wa.me/settings/linked_devices#2@a,b,c', qr_expires_at = '2026-02-27 10:01:00'"
            )
            return "done"
        }
        for _ in 0..<2 {
            let answer = world.call("POST", "session/connect")
            #expect(answer.text("data.status") == "qr_ready")
            #expect(answer.text("data.qr") == "https://wa.me/settings/linked_devices#2@a,b,c")
            #expect(answer.text("data.qr_image")?.hasPrefix("data:image/png;base64,iVBOR") == true)
            #expect(answer.text("data.expires_at") == "2026-02-27T10:01:00.000Z")
        }
        // The second call found a code that was still good.
        #expect(bell.heard.filter { $0 == "session 1" }.count == 1)
        world.clock.advance(seconds: 61)
        #expect(world.call("GET", "session/status").text("data.status") == "connecting")
        #expect(world.call("POST", "session/connect").text("data.status") == "connecting")
    }

    @Test func connectWithCredentials() throws {
        let world = try World()
        let database = world.database
        try world.connectSession()
        try database.sql("UPDATE wa_sessions SET status = 'disconnected', wanted = 'disconnected', reason = 'manual'")
        try world.startDaemon { _ in
            try? database.sql("UPDATE wa_sessions SET status = IF(wanted = 'connected', 'connecting', status), reason = NULL")
            return "done"
        }
        let answer = world.call("POST", "session/connect", "{}")
        #expect(answer.text("data.status") == "connecting")
        #expect(answer.text("data.message") == "Reconnecting with saved credentials")
        try world.connectSession()
        let connected = world.call("POST", "session/connect")
        #expect(connected.text("data.status") == "connected" && connected.text("data.user.name") == "Amal")
    }

    @Test func connectByPhoneNumber() throws {
        let world = try World()
        let database = world.database
        try world.startDaemon { _ in
            try? database.sql(
                "UPDATE wa_sessions SET status = 'pairing_code', pairing_code = 'ABCD-EFGH' WHERE pairing_phone = '96890000001'")
            return "done"
        }
        let answer = world.call("POST", "session/connect", #"{"phone":"+968 9000 0001"}"#)
        #expect(answer.text("data.status") == "pairing_code" && answer.text("data.pairing_code") == "ABCD-EFGH")
        #expect(world.call("POST", "session/connect", #"{"phone":"12"}"#).status == 400)
        #expect(world.call("POST", "session/connect", #"{"phone":"1@g.us"}"#).status == 400)
    }

    @Test func connectThatFails() throws {
        let world = try World()
        let database = world.database
        try world.startDaemon { _ in
            try? database.sql("UPDATE wa_sessions SET status = 'disconnected', reason = 'client_outdated'")
            return "done"
        }
        let answer = world.call("POST", "session/connect")
        #expect(answer.status == 503 && answer.code == "client_outdated")
    }

    @Test func connectWithoutADaemon() throws {
        let world = try World()
        let answer = world.call("POST", "session/connect")
        #expect(answer.status == 503 && answer.code == "daemon_stopped")
        #expect(answer.text("error")?.contains("wa-connect ensure") == true)
    }

    @Test func connectWithNoSlotFreeDoesNotWait() throws {
        let world = try World(waiting: 0)
        let bell = try world.startDaemon { _ in "" }
        let start = ContinuousClock.now
        #expect(world.call("POST", "session/connect").text("data.status") == "connecting")
        #expect(ContinuousClock.now - start < .seconds(4))
        #expect(bell.hears("session 1"))
    }

    @Test(arguments: [("disconnect", "disconnected", "Disconnected successfully"), ("logout", "logged_out", "Logged out successfully")])
    func ending(_ call: String, _ wanted: String, _ message: String) throws {
        let world = try World()
        try world.connectSession()
        let stopped = world.call("POST", "session/\(call)")
        #expect(stopped.status == 200 && stopped.text("message")?.hasPrefix(message) == true)
        #expect(stopped.text("data.daemon") == "stopped")
        #expect(try world.database.open().sessions.find(id: 1)?.wanted.rawValue == wanted)
        let database = world.database
        try world.startDaemon { _ in
            try? database.sql("UPDATE wa_sessions SET status = 'disconnected', reason = 'manual', wanted = 'disconnected'")
            return "done"
        }
        let answer = world.call("POST", "session/\(call)")
        #expect(answer.status == 200 && answer.text("message") == message)
        #expect(answer.text("data.status") == "disconnected")
        // Nothing to do is a success too.
        #expect(world.call("POST", "session/\(call)", "").status == 200)
    }
}
