<?php
// The connection of one WhatsApp number.

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

/** Needs no key. */
function wa_health(): array
{
    return wa_connect('health');
}

/** $answer['data']['status']: connected, connecting, qr_ready, pairing_code or disconnected. */
function wa_session(): array
{
    return wa_connect('session/status');
}

/**
 * Connects. Where no phone is linked, $answer['data']['qr_image'] goes into an <img src="…">; scan it with the phone (Linked devices), and ask again.
 *
 * @param string $phone the account's number: gives $answer['data']['pairing_code'], to be typed into the phone, instead of a QR code
 */
function wa_connect_session(string $phone = ''): array
{
    return wa_connect('session/connect', $phone === '' ? [] : ['phone' => $phone]);
}

/** The link to the phone stays. */
function wa_disconnect_session(): array
{
    return wa_connect('session/disconnect', []);
}

/** Unlinks the phone. With $purge log and contacts are deleted, too. */
function wa_logout_session(bool $purge = false): array
{
    return wa_connect('session/logout', ['purge' => $purge]);
}

/** All numbers of this installation that the key knows of. */
function wa_sessions(): array
{
    return wa_connect('sessions');
}

/** One more number; the key has to be one with all permissions of the session `default`. */
function wa_add_session(string $name): array
{
    return wa_connect('sessions', ['name' => $name]);
}

function wa_session_named(string $name): array
{
    return wa_connect('sessions/' . rawurlencode($name));
}

/** @param string $what connect, disconnect or logout */
function wa_change_session(string $name, string $what): array
{
    return wa_connect('sessions/' . rawurlencode($name) . '/' . $what, []);
}
