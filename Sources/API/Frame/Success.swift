package import Model

/// What a call answers when it went well; becomes the reference's envelope.
package struct Success: Sendable {
    package var status = 200
    package var data: JSONValue?
    package var message: String?
    /// Members at the top level that the reference has for a few calls (`timestamp` of health).
    package var extra: [JSONMember] = []

    package init(status: Int = 200, data: JSONValue? = nil, message: String? = nil, extra: [JSONMember] = []) {
        self.status = status
        self.data = data
        self.message = message
        self.extra = extra
    }
}
