import Model
import Store
import Testing

@testable import Daemon

struct DoctorTests {
    @Test(arguments: [
        ("10.11.6-MariaDB-0+deb12u1", true), ("10.6.0-MariaDB", true), ("10.5.27-MariaDB-log", false), ("11.4.2-MariaDB", true),
        ("8.0.36", true), ("8.4.3", true), ("9.7.4", true), ("5.7.44-log", false), ("", false), ("x.y", false),
    ])
    func olderServersAreNotSupported(version: String, isSupported: Bool) {
        #expect(ServerFacts(version: version, now: Timestamp(seconds: 0)).isSupported == isSupported)
    }

    @Test func readsTheDateOfAnAnswer() {
        // The sample of RFC 9110, section 5.6.7.
        #expect(HTTPDate("Sun, 06 Nov 1994 08:49:37 GMT")?.seconds == 784_111_777)
        #expect(
            HTTPDate("Sunday, 06-Nov-94 08:49:37 GMT") == nil && HTTPDate("") == nil && HTTPDate("Sun, 06 Foo 1994 08:49:37 GMT") == nil)
    }

    @Test func nobodyListensWhereThereIsNoSocket() {
        #expect(!LocalSocket.accepts("/nonexistent/socket"))
        #expect(!LocalSocket.accepts(String(repeating: "x", count: 500)))
    }

    @Test func everyCheckHasANameOfItsOwn() {
        let names = Examination.checks.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
