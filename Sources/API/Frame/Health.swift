import Model

/// `GET health`: whether this program answers; says nothing about database or WhatsApp.
enum Health {
    static let answer: @Sendable (Service) -> Success = { service in
        Success(message: "WA-Connect API is running", extra: [JSONMember("timestamp", .string(service.now().iso8601))])
    }
}
