import Glibc
import Model
import Store
import Testing
import WhatsApp

@testable import Daemon

@Suite struct SessionPartsTests {
    @Test func theGenerationIsReadBack() throws {
        let directory = try TemporaryDirectory()
        let file = GenerationFile(directory: directory.path, session: 7)
        #expect(file.read() == nil)
        #expect(!file.note(steps: 1))
        #expect(file.write(.init(generation: 41, steps: nil)))
        #expect(file.write(.init(generation: 42, steps: 1_764_300_000_000)))
        #expect(file.read() == .init(generation: 42, steps: 1_764_300_000_000))
        #expect(file.note(steps: .max))
        #expect(file.read() == .init(generation: 42, steps: .max))
        #expect(file.note(steps: 7))
        #expect(file.read() == .init(generation: 42, steps: 7))
        #expect(GenerationFile(directory: directory.path, session: 8).read() == nil)
        #expect(!GenerationFile(directory: directory.path + "/missing", session: 7).write(.init(generation: 1, steps: 1)))
    }

    @Test(arguments: ["", "\n", "x", "\n7\n", String(repeating: "9", count: 100), "\u{0}\u{0}"])
    func aSpoiltGenerationIsNone(text: String) throws {
        let directory = try TemporaryDirectory()
        try TextFile.write(text, to: directory.path + "/generation-7")
        #expect(GenerationFile(directory: directory.path, session: 7).read() == nil)
    }

    @Test func theGenerationOfAnEarlierVersionIsRead() throws {
        let directory = try TemporaryDirectory()
        try TextFile.write("5\n", to: directory.path + "/generation-7")
        #expect(GenerationFile(directory: directory.path, session: 7).read() == .init(generation: 5, steps: nil))
    }

    @Test func leasesOfDeadProcessesOnThisHostAreFree() throws {
        let own = try #require(LeaseHolder("web1 \(getpid()) 0a0b0c0d"))
        #expect(try #require(LeaseHolder("web1 2147483646 00000000")).isKnownDead(to: own))
        #expect(try !#require(LeaseHolder("web2 2147483646 00000000")).isKnownDead(to: own))
        #expect(try !#require(LeaseHolder("web1 \(getpid()) 00000000")).isKnownDead(to: own))
        #expect(try !#require(LeaseHolder("web1 \(getppid()) 00000000")).isKnownDead(to: own))
        #expect(LeaseHolder("somebody") == nil)
        #expect(LeaseHolder("web1 -1 00000000") == nil)
    }

    @Test func theRevisionInThePage() {
        #expect(VersionLookup.revision(in: Array(#"x,"client_revision":1045649367,"y":2"#.utf8)) == 1_045_649_367)
        #expect(VersionLookup.revision(in: Array(#"\"client_revision\":1045649367"#.utf8)) == 1_045_649_367)
        #expect(VersionLookup.revision(in: Array("client_revision".utf8)) == nil)
        #expect(VersionLookup.revision(in: []) == nil)
    }

    @Test(arguments: [
        (CloseReason.lost, SessionReason.connectionLost, "connection_lost"), (.replaced, .replaced, "connection_replaced"),
        (.deviceRemoved, .loggedOut, "logout"), (.loggedOut, .loggedOut, "logout"), (.banned, .banned, "banned"),
        (.clientOutdated, .clientOutdated, "client_outdated"), (.refused(code: 400), .badSession, "bad_session"),
    ])
    func reasons(_ close: CloseReason, _ reason: SessionReason, _ event: String) {
        #expect(close.sessionReason == reason)
        #expect(SessionEnd.closed(close).eventReason == event)
    }

    @Test func whatIsPutOffAndWhatFails() {
        #expect(SendFailure.refused(.tooFast).isTransient)
        #expect(!SendFailure.refused(.reachOutTimelock).isTransient)
        #expect(!SendFailure.notOnWhatsApp.isTransient)
        #expect(SendFailure.notOnWhatsApp.row.code == "not_on_whatsapp")
    }
}

@Suite struct StoreTroubleTests {
    @Test func onlyItsOwnTroubleCostsAnItem() {
        #expect(StoreError.gone.concernsEverything)
        #expect(StoreError.leaseLost.concernsEverything)
        #expect(!StoreError.invalidValue.concernsEverything)
        #expect(!StoreError.tampered(table: "t", column: "c").concernsEverything)
    }
}
