// One file of queries per table.
extension Database {
    package var sessions: SessionTable { SessionTable(database: self) }
    package var credentials: CredentialsTable { CredentialsTable(database: self) }
    package var signal: SignalTables { SignalTables(database: self) }
    package var contacts: ContactTable { ContactTable(database: self) }
    package var devices: DeviceTable { DeviceTable(database: self) }
    package var groups: GroupTable { GroupTable(database: self) }
    package var messages: MessageTable { MessageTable(database: self) }
    package var media: MediaTable { MediaTable(database: self) }
    package var retries: RetryTable { RetryTable(database: self) }
    package var outbox: OutboxTable { OutboxTable(database: self) }
    package var optOuts: OptOutTable { OptOutTable(database: self) }
    package var apiKeys: APIKeyTable { APIKeyTable(database: self) }
    package var limits: LimitTable { LimitTable(database: self) }
    package var settings: SettingTable { SettingTable(database: self) }
    package var webhooks: WebhookTable { WebhookTable(database: self) }
    package var deliveries: DeliveryTable { DeliveryTable(database: self) }
    package var migrations: Migrations { Migrations(database: self) }
}
