<?php
// Sending. Each function returns the answer of wa_connect(): $answer['data']['status'] is 'sent', or 'pending' where WhatsApp takes longer than 8 seconds.

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

/**
 * @param string $order your own name for this message: asked again with the same one, it is not sent twice
 */
function wa_send_text(string $to, string $text, string $order = ''): array
{
    return wa_connect('messages/send-text', ['to' => $to, 'message' => $text], $order === '' ? [] : ['Idempotency-Key' => $order]);
}

/** At a time in UTC, such as gmdate('Y-m-d\TH:i:s\Z', strtotime('tomorrow 9:00')). The answer's status is 202. */
function wa_send_text_later(string $to, string $text, string $time): array
{
    return wa_connect('messages/send-text', ['to' => $to, 'message' => $text, 'send_at' => $time]);
}

function wa_send_location(string $to, float $latitude, float $longitude, string $name = '', string $address = ''): array
{
    return wa_connect('messages/send-location', [
        'to' => $to, 'latitude' => $latitude, 'longitude' => $longitude, 'name' => $name, 'address' => $address,
    ]);
}

function wa_send_contact(string $to, string $name, string $phone): array
{
    return wa_connect('messages/send-contact', ['to' => $to, 'contactName' => $name, 'contactPhone' => $phone]);
}

/** An answer to a message of the same chat. */
function wa_answer(string $to, string $text, string $messageId): array
{
    return wa_connect('messages/send-text', ['to' => $to, 'message' => $text, 'quoted_message_id' => $messageId]);
}

/** One emoji; an empty text takes the reaction back. */
function wa_react(string $messageId, string $emoji): array
{
    return wa_connect('messages/react', ['message_id' => $messageId, 'emoji' => $emoji]);
}

function wa_edit(string $messageId, string $text): array
{
    return wa_connect('messages/edit', ['message_id' => $messageId, 'message' => $text]);
}

/** For everybody. */
function wa_delete(string $messageId): array
{
    return wa_connect('messages/delete', ['message_id' => $messageId]);
}

/** Takes back what waits to be sent. */
function wa_cancel(string $messageId): array
{
    return wa_connect('messages/' . rawurlencode($messageId) . '/cancel', []);
}

/** Marks all that is unread in a chat as read. */
function wa_mark_read(string $jid): array
{
    return wa_connect('messages/read', ['jid' => $jid]);
}

/** @param string $state composing, recording or paused */
function wa_show_typing(string $to, string $state = 'composing'): array
{
    return wa_connect('chats/typing', ['to' => $to, 'state' => $state]);
}

function wa_reject_call(string $callId): array
{
    return wa_connect('calls/reject', ['call_id' => $callId]);
}
