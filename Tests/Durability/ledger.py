"""The books of everybody concerned, compared: API and database, webhooks, the service's journal, the phones, whatsmeow."""

from collections import Counter, defaultdict

from .household import Household

# What may stand in the journal's complaints without anything being wrong is named by the tests that cause it.
_COMPLAINTS = ("refused", "acknowledgement")


class Ledger:
    """Opened before something is made to fail; `must_balance` when all has come to rest."""

    def __init__(self, house: Household):
        self._house = house
        self._mark = len(house.sandbox.journal())

    def lines(self) -> list[dict]:
        """The service's journal since the ledger was opened."""
        return self._house.sandbox.journal()[self._mark:]

    def must_balance(self, *allowed: str) -> None:
        """Nothing is lost, doubled or unreadable. `allowed`: beginnings of complaints that the test expects."""
        self._no_work_is_left()
        self._nobody_complains(allowed)
        self._webhooks_told_everything_once()
        self._whatsmeow_read_everything_once()
        self._logs_agree_with_screens()

    def _no_work_is_left(self) -> None:
        sql = self._house.product.sql
        self._house.eventually(
            lambda: sql("SELECT COUNT(*) FROM wa_outbox WHERE status NOT IN ('sent', 'failed') OR stanza IS NOT NULL;").strip() == "0",
            "the outbox is done",
        )
        self._house.eventually(
            lambda: sql("SELECT COUNT(*) FROM wa_webhook_deliveries WHERE status <> 'delivered';").strip() == "0",
            "all webhooks are delivered", timeout=100,
        )
        assert sql("SELECT message_id, status, error FROM wa_messages WHERE status IN ('pending', 'failed');") == ""

    def _nobody_complains(self, allowed: tuple[str, ...]) -> None:
        own = (self._house.business.number, self._house.customer.number)
        wrong = [
            line for line in self.lines()
            if line["who"].startswith(own) and (line["kind"] in _COMPLAINTS or "to send" in line["text"] and line["kind"] == "receipt")
        ]
        wrong = [line for line in wrong if not line["text"].startswith(allowed)] if allowed else wrong
        assert wrong == [], wrong

    def _webhooks_told_everything_once(self) -> None:
        told: dict[tuple, set[str]] = defaultdict(set)
        for delivery in self._house.webhooks.deliveries():
            data = delivery.event["data"]
            if "message_id" in data:
                what = (delivery.headers["x-webhook-event"], data["message_id"], data.get("status"))
                told[what].add(delivery.headers["x-webhook-id"])
        assert {what: ids for what, ids in told.items() if len(ids) > 1} == {}, "an event was told twice"

    def _whatsmeow_read_everything_once(self) -> None:
        peer = self._house.peer
        if peer is None:
            return
        for event in ("undecryptable", "stream_error", "refused"):
            assert peer.seen(event) == [], event
        assert [key for key, count in Counter(record["id"] for record in peer.seen("message")).items() if count > 1] == []

    def _logs_agree_with_screens(self) -> None:
        """Every message that the phones show stands in the log once, and the other way round."""
        own = "session_id = (SELECT id FROM wa_sessions WHERE name = 'default')"
        rows = self._house.product.sql(f"SELECT message_id, content FROM wa_messages WHERE {own} ORDER BY message_id;").splitlines()
        assert len(rows) == len({row.split("\t")[0] for row in rows}), "a message stands in the log twice"
        logged = {row.split("\t")[0] for row in rows}
        screen = self._house.sandbox.control("GET", f"phones/{self._house.business.number}/messages?after=0&wait=0")["messages"]
        assert logged == {message["id"] for message in screen}
