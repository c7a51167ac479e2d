"""Turns neonize's protobuf events into plain dictionaries for the peer's JSON lines."""

from google.protobuf.json_format import MessageToDict


def jid_text(jid) -> str:
    """A JID as WhatsApp writes it: user[:device]@server; empty when absent."""
    if not jid.Server:
        return ""
    user = f"{jid.User}:{jid.Device}" if jid.Device else jid.User
    return f"{user}@{jid.Server}" if user else jid.Server


def source(info_source) -> dict:
    """Who wrote where. `sender_alt` is the sender's other address (LID or phone number)."""
    return {
        "chat": jid_text(info_source.Chat),
        "sender": jid_text(info_source.Sender),
        "sender_alt": jid_text(info_source.SenderAlt),
        "recipient_alt": jid_text(info_source.RecipientAlt),
        "from_me": info_source.IsFromMe,
        "group": info_source.IsGroup,
    }


def info(message_info) -> dict:
    return source(message_info.MessageSource) | {
        "id": message_info.ID,
        "type": message_info.Type,
        "push_name": message_info.Pushname,
        "timestamp": message_info.Timestamp,
        "category": message_info.Category,
    }


def text_of(message) -> str | None:
    """The text of a text message exactly as it stood in the protobuf; None for other kinds."""
    if message.HasField("conversation"):
        return message.conversation
    if message.HasField("extendedTextMessage"):
        return message.extendedTextMessage.text
    if message.HasField("deviceSentMessage"):
        return text_of(message.deviceSentMessage.message)
    return None


def message(event) -> dict:
    return info(event.Info) | {
        "text": text_of(event.Message),
        "content": MessageToDict(event.Message),
        "retry_count": event.RetryCount,
    }


def receipt(event) -> dict:
    kind = type(event).DESCRIPTOR.fields_by_name["Type"].enum_type
    return source(event.MessageSource) | {
        "ids": list(event.MessageIDs),
        "type": kind.values_by_number[event.Type].name if kind else event.Type,
        "timestamp": event.Timestamp,
    }


def undecryptable(event) -> dict:
    return info(event.Info) | {"unavailable": event.IsUnavailable}


def typing(event) -> dict:
    state = type(event).DESCRIPTOR.fields_by_name["State"].enum_type.values_by_number[event.State].name
    media = type(event).DESCRIPTOR.fields_by_name["Media"].enum_type.values_by_number[event.Media].name
    return source(event.MessageSource) | {"state": state, "media": media}


def paired(event) -> dict:
    return {
        "jid": jid_text(event.ID),
        "business_name": event.BusinessName,
        "platform": event.Platform,
        "status": type(event).DESCRIPTOR.fields_by_name["Status"].enum_type.values_by_number[event.Status].name,
        "error": event.Error,
    }


def history(event) -> dict:
    """A part of the phone's history that whatsmeow has fetched and unpacked."""
    part = event.Data
    return {
        "type": type(part).DESCRIPTOR.fields_by_name["syncType"].enum_type.values_by_number[part.syncType].name,
        "chats": len(part.conversations),
        "messages": sum(len(chat.messages) for chat in part.conversations),
        "names": len(part.pushnames),
    }


def other(event) -> dict:
    """Any event without a shape of its own here: its protobuf as JSON."""
    return MessageToDict(event)
