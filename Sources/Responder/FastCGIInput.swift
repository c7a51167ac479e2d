import CFCGI
import Glibc

/// The body of a FastCGI request, read from libfcgi in steps that end: its own reading waits for ever.
struct FastCGIInput {
    let stream: UnsafeMutablePointer<FCGX_Stream>
    /// The connection with the web server.
    let descriptor: Int32

    /// Fills the buffer with what has arrived, waiting at most so many milliseconds for its first byte.
    func read(_ buffer: inout [UInt8], _ milliseconds: Int32) -> BodyReader.Arrival {
        SocketTimeout.set(SO_RCVTIMEO, milliseconds, of: descriptor)
        let first = FCGX_GetChar(stream)
        guard first >= 0, !buffer.isEmpty else { return outcomeOfNothing() }
        buffer[0] = UInt8(truncatingIfNeeded: first)
        // No more than libfcgi already holds: for more it would wait until the buffer is full.
        let held = min(stream.pointee.stop - stream.pointee.rdNext, buffer.count - 1)
        guard held > 0 else { return .bytes(1) }
        let count = buffer.withUnsafeMutableBytes {
            FCGX_GetStr($0.bindMemory(to: CChar.self).baseAddress?.advanced(by: 1), Int32(held), stream)
        }
        return .bytes(1 + Int(max(0, count)))
    }

    /// libfcgi takes a read that timed out for the end of the stream; its state allows to go on.
    private func outcomeOfNothing() -> BodyReader.Arrival {
        guard stream.pointee.FCGI_errno == EAGAIN else { return .ended }
        stream.pointee.FCGI_errno = 0
        stream.pointee.isClosed = 0
        stream.pointee.stop = stream.pointee.rdNext
        return .nothingYet
    }
}
