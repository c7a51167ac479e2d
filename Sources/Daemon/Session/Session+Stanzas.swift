import Logging
import Model
import WhatsApp

/// What each kind of stanza leads to. Whatever wants an ack gets one, after its effect is committed, whether it was understood or not.
extension Session {
    func handle(_ node: Node) async {
        defer { noteOffline(node) }
        switch node.tag {
        case "iq": await handleQuery(node)
        case "success": logIn(LoginSuccess(node))
        case "message": await receive(node)
        case "receipt": await handleReceipt(node)
        case "notification": await handleNotification(node)
        case "call": await handleCall(node)
        case "ack":
            if let ack = MessageAck(node) { await acknowledged(ack) }
        case "ib": for news in InformationBroadcast.read(node) { await handleNews(news) }
        case "presence", "chatstate": break
        default: logger.debug("unknown stanza \(node.tag)")
        }
    }

    private func handleQuery(_ node: Node) async {
        switch node.string("type") {
        case "result", "error":
            if !answered(node) { logger.debug("an answer that nobody waits for") }
        default:
            switch ServerQuery(node) {
            case .pairDevice: await showCodes(node)
            case .pairSuccess: await link(node)
            // The connection answers pings itself.
            case .ping: break
            case .unknown: logger.debug("unknown query \(node.string("xmlns") ?? "")")
            }
        }
    }

    func acknowledge(_ node: Node, refusal: Acknowledgement.Refusal? = nil) {
        send(Acknowledgement.node(for: node, own: account?.own?.phoneNumber, refusal: refusal))
    }

    private func handleNotification(_ node: Node) async {
        let news = ServiceNotification(node, own: account?.own)
        do {
            try await apply(news)
            acknowledge(node)
            if case .passkeyRequired = news { endLink(.pairing(.passkeyRequired)) }
        } catch {
            logger.error("a notification could not be stored: \(error)")
            refuseOrEnd(node, because: error)
        }
    }

    private func apply(_ news: ServiceNotification) async throws {
        switch news {
        case .preKeysLeft(let count):
            if count < PreKeyUpload.lowWaterMark { startPreKeyUpload() }
        case .identityChanged(let user): try await forgetSessions(of: user)
        case .devicesChanged(let user, let lid): try await forgetDevices(of: [user, lid].compactMap { $0 })
        case .ownDevicesChanged:
            if let own = account?.own { try await forgetDevices(of: [own.phoneNumber.bare, own.lid?.bare].compactMap { $0 }) }
        case .group(let news): try await apply(news)
        case .pairingRefresh: try await refreshPairingSecret()
        case .linkCode(let answer): try await finishLinkCode(answer)
        case .linkCodeRefresh: await showLinkCode()
        case .passkeyRequired: logger.error("this account can only be linked with the official app's passkey")
        case .appState(let collections): startAppState(collections)
        case .privacyToken(let news): try await keep(news)
        case .mediaRetry(let answer): try await apply(answer)
        case .other(let type): logger.debug("notification \(type)")
        }
    }

    private func handleNews(_ news: InformationBroadcast) async {
        switch news {
        case .offlinePreview(let count): startOfflineQueue(count)
        case .offlineDone: link?.offline = nil
        case .edgeRouting(let bytes): await keepRouting(bytes)
        case .dirty(let type, let timestamp): markClean(type, timestamp)
        case .phoneTooOld: logger.error("the phone's WhatsApp is too old for linked devices: update it")
        case .clientExpires(let time): logger.warning("this version of the client is refused from \(time.iso8601) on")
        }
    }

    /// Groups and shared settings are all that we keep of what can be dirty.
    private func markClean(_ type: String, _ timestamp: String) {
        environment.executor.start {
            if type == "groups" {
                do { try await self.refreshGroups() } catch { return self.logger.warning("the groups could not be listed: \(error)") }
            }
            if type == "syncd_app_state" { await self.startAppState(AppStateCollection.allCases) }
            _ = try? await self.ask(InformationBroadcast.clean(type: type, timestamp: timestamp))
        }
    }
}
