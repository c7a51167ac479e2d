import CMariaDB
import Model

/// The memory that holds a statement's parameters while it runs.
final class ParameterBindings {
    let binds: UnsafeMutableBufferPointer<MYSQL_BIND>
    private let integers: UnsafeMutableBufferPointer<Int64>
    private var buffers: [UnsafeMutableBufferPointer<UInt8>] = []

    init(_ parameters: [SQLValue]) {
        binds = .allocate(capacity: parameters.count)
        integers = .allocate(capacity: parameters.count)
        binds.initialize(repeating: MYSQL_BIND())
        integers.initialize(repeating: 0)
        for (index, parameter) in parameters.enumerated() { bind(parameter, at: index) }
    }

    deinit {
        binds.deallocate()
        integers.deallocate()
        for buffer in buffers { buffer.deallocate() }
    }

    private func bind(_ value: SQLValue, at index: Int) {
        switch value {
        case .null:
            binds[index].buffer_type = MYSQL_TYPE_NULL
        case .integer(let number):
            integers[index] = number
            binds[index].buffer_type = MYSQL_TYPE_LONGLONG
            binds[index].buffer = integers.baseAddress.map { UnsafeMutableRawPointer($0 + index) }
        case .text(let text):
            bind(text, at: index)
        case .moment(let moment):
            bind(moment.sql, at: index)
        case .bytes(let bytes):
            bind(bytes, as: MYSQL_TYPE_BLOB, at: index)
        }
    }

    private func bind(_ text: String, at index: Int) {
        var text = text
        text.withUTF8 { bind($0, as: MYSQL_TYPE_STRING, at: index) }
    }

    private func bind(_ bytes: some Collection<UInt8>, as type: enum_field_types, at index: Int) {
        // One byte more, as the library asks for an address even where there is nothing to send.
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count + 1)
        _ = buffer.initialize(fromContentsOf: bytes)
        buffers.append(buffer)
        binds[index].buffer_type = type
        binds[index].buffer = UnsafeMutableRawPointer(buffer.baseAddress)
        binds[index].buffer_length = UInt(bytes.count)
    }
}
