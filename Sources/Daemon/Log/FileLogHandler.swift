package import Logging
package import Model

/// Writes `2026-02-27T10:00:00.000Z info text key=value` lines to the ``LogFile``, with numbers masked.
///
/// Callers log facts, never message text or keys; masking catches the phone numbers and JIDs that slip into texts of errors.
package struct FileLogHandler: LogHandler {
    private let file: LogFile
    private let now: @Sendable () -> Timestamp
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    package init(file: LogFile, level: Logger.Level, now: @escaping @Sendable () -> Timestamp) {
        self.file = file
        self.now = now
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { $1 }
        let pairs = merged.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        file.write("\(now().iso8601) \(event.level) \(NumberMask.masked("\(event.message)\(pairs)"))")
    }
}
