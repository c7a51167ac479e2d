import CMariaDB
import Model

/// The memory into which one row after another is read; a statement keeps it.
final class ResultBuffers {
    let binds: UnsafeMutableBufferPointer<MYSQL_BIND>
    private let memory: UnsafeMutableBufferPointer<UInt8>
    private let lengths: UnsafeMutableBufferPointer<UInt>
    private let nulls: UnsafeMutableBufferPointer<my_bool>
    private let inlineBytes: Int

    /// - Parameter inlineBytes: a multiple of 8, so that integers are aligned.
    init(count: Int, inlineBytes: Int) {
        self.inlineBytes = inlineBytes
        binds = .allocate(capacity: count)
        memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count * inlineBytes, alignment: 8).bindMemory(to: UInt8.self)
        lengths = .allocate(capacity: count)
        nulls = .allocate(capacity: count)
        binds.initialize(repeating: MYSQL_BIND())
        memory.initialize(repeating: 0)
        lengths.initialize(repeating: 0)
        nulls.initialize(repeating: 0)
    }

    deinit {
        binds.deallocate()
        memory.deallocate()
        lengths.deallocate()
        nulls.deallocate()
    }

    func bind(_ index: Int, as type: enum_field_types) {
        binds[index].buffer_type = type
        binds[index].buffer = memory.baseAddress.map { UnsafeMutableRawPointer($0 + index * inlineBytes) }
        binds[index].buffer_length = UInt(inlineBytes)
        binds[index].length = lengths.baseAddress.map { $0 + index }
        binds[index].is_null = nulls.baseAddress.map { $0 + index }
    }

    func isNull(_ index: Int) -> Bool { nulls[index] != 0 }

    func integer(_ index: Int) -> Int64 {
        UnsafeRawBufferPointer(memory).loadUnaligned(fromByteOffset: index * inlineBytes, as: Int64.self)
    }

    /// nil for a date that does not exist.
    func moment(_ index: Int) -> Timestamp? {
        let time = UnsafeRawBufferPointer(memory).loadUnaligned(fromByteOffset: index * inlineBytes, as: MYSQL_TIME.self)
        return Timestamp(
            year: Int64(time.year), month: Int64(time.month), day: Int64(time.day), hour: Int64(time.hour), minute: Int64(time.minute),
            second: Int64(time.second), millisecond: Int64(time.second_part / 1_000))
    }

    /// nil where the library failed to hand over a long one.
    func text(_ index: Int, of handle: UnsafeMutablePointer<MYSQL_STMT>) throws(StoreError) -> String? {
        let length = Int(clamping: lengths[index])
        let start = index * inlineBytes
        let text: String?
        if length <= inlineBytes {
            text = String(checkedUTF8: Span(_unsafeElements: UnsafeBufferPointer(rebasing: memory[start..<start + length])))
        } else {
            guard let bytes = bytes(index, of: handle) else { return nil }
            text = String(checkedUTF8: bytes.span)
        }
        guard let text else { throw .malformed("text") }
        return text
    }

    /// The value's bytes; nil where the library failed to hand over a long one.
    func bytes(_ index: Int, of handle: UnsafeMutablePointer<MYSQL_STMT>) -> [UInt8]? {
        let length = Int(clamping: lengths[index])
        let start = index * inlineBytes
        if length <= inlineBytes { return Array(memory[start..<start + length]) }
        var long = [UInt8](repeating: 0, count: length)
        let failed = long.withUnsafeMutableBytes { buffer in
            var bind = MYSQL_BIND()
            var wholeLength: UInt = 0
            bind.buffer_type = binds[index].buffer_type
            bind.buffer = buffer.baseAddress
            bind.buffer_length = UInt(length)
            return withUnsafeMutablePointer(to: &wholeLength) { pointer in
                bind.length = pointer
                return mysql_stmt_fetch_column(handle, &bind, UInt32(clamping: index), 0) != 0
            }
        }
        return failed ? nil : long
    }
}
