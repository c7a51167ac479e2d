/// How long a program waits for the database before it gives up, in seconds.
package struct Patience: Sendable {
    /// For a connection.
    package var connect: UInt32
    /// For one answer of the server.
    package var answer: UInt32
    /// For a row or table that somebody else has locked; below ``answer``, so that the server says what is wrong and the connection lives on.
    package var lock: UInt32

    package init(connect: UInt32, answer: UInt32, lock: UInt32) {
        self.connect = connect
        self.answer = answer
        self.lock = lock
    }

    /// Somebody waits for the answer, and hosts kill requests at 9 s: noticing that an old connection is dead and finding no new one takes 7 s.
    package static let request = Patience(connect: 2, answer: 5, lock: 4)
    /// Nobody waits: slow is better than undone.
    package static let background = Patience(connect: 5, answer: 30, lock: 10)
}
