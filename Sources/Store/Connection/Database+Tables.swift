// One file of queries per table.
extension Database {
    package var sessions: SessionTable { SessionTable(database: self) }
    package var credentials: CredentialsTable { CredentialsTable(database: self) }
    package var signal: SignalTables { SignalTables(database: self) }
    package var contacts: ContactTable { ContactTable(database: self) }
    package var counts: CountTable { CountTable(database: self) }
    package var numbers: NumberTable { NumberTable(database: self) }
    package var devices: DeviceTable { DeviceTable(database: self) }
    package var groups: GroupTable { GroupTable(database: self) }
    package var messages: MessageTable { MessageTable(database: self) }
    package var media: MediaTable { MediaTable(database: self) }
    package var posts: PostTable { PostTable(database: self) }
    package var calls: CallTable { CallTable(database: self) }
    package var actions: ActionTable { ActionTable(database: self) }
    package var retries: RetryTable { RetryTable(database: self) }
    package var outbox: OutboxTable { OutboxTable(database: self) }
    package var bulkJobs: BulkTable { BulkTable(database: self) }
    package var optOuts: OptOutTable { OptOutTable(database: self) }
    package var apiKeys: APIKeyTable { APIKeyTable(database: self) }
    package var keyUsage: KeyUsageTable { KeyUsageTable(database: self) }
    package var limits: LimitTable { LimitTable(database: self) }
    package var appState: AppStateTables { AppStateTables(database: self) }
    package var privacyTokens: PrivacyTokenTable { PrivacyTokenTable(database: self) }
    package var historyParts: HistoryPartTable { HistoryPartTable(database: self) }
    package var settings: SettingTable { SettingTable(database: self) }
    package var webhooks: WebhookTable { WebhookTable(database: self) }
    package var deliveries: DeliveryTable { DeliveryTable(database: self) }
    package var ownerNotices: OwnerNoticeTable { OwnerNoticeTable(database: self) }
    package var migrations: Migrations { Migrations(database: self) }
}
