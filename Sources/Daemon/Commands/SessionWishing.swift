import Model
import Store

/// Sets what the owner wants of a session and waits for the daemon to do it.
struct SessionWishing {
    /// How long the daemon may take to unlink or disconnect.
    static let milliseconds: Int32 = 15_000
    private let loaded: LoadedConfiguration
    private let name: String

    init(_ loaded: LoadedConfiguration, name: String) {
        self.loaded = loaded
        self.name = name
    }

    func make(_ wish: SessionWish) throws {
        try loaded.inDatabase { database in
            let id = try SessionName(name).id(in: database)
            try database.sessions.setWanted(wish, id: id)
            guard let call = DoorbellCall(loaded.runDirectory), call.send("session \(id)") else {
                return print("noted; the daemon is stopped and does it when it starts")
            }
            guard call.receive(milliseconds: Self.milliseconds) == "done" else {
                throw ShellFailure.failed("the daemon has not finished yet; see `wa-connect status` and `wa-connect logs`")
            }
        }
    }
}
