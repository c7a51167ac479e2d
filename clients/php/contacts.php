<?php
// People and groups.

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

/** Whether a number is on WhatsApp: $answer['exists'], and $answer['contact'] with the number as WhatsApp knows it. */
function wa_check(string $phone): array
{
    return wa_connect('contacts/check', ['phone' => $phone]);
}

/** @param list<string> $phones up to 50; $answer['results'] has one row for each */
function wa_check_many(array $phones): array
{
    return wa_connect('contacts/check', ['phones' => $phones]);
}

/** @param string $type individual, group or all */
function wa_contacts(int $page = 1, string $type = 'all', string $search = ''): array
{
    return wa_connect('contacts?' . http_build_query(['page' => $page, 'type' => $type, 'search' => $search]));
}

/** By name or number, from 2 characters on. */
function wa_search_contacts(string $text): array
{
    return wa_connect('contacts/search?' . http_build_query(['q' => $text]));
}

/** By JID or number. */
function wa_contact(string $jid): array
{
    return wa_connect('contacts/' . rawurlencode($jid));
}

function wa_sync_contacts(): array
{
    return wa_connect('contacts/sync', []);
}

/** Writes all contacts into a CSV file; piece by piece, so that their number does not matter. */
function wa_export_contacts(string $file): bool
{
    $output = fopen($file, 'wb');
    $request = curl_init((getenv('WA_CONNECT_URL') ?: WA_CONNECT_URL) . '/contacts/export');
    curl_setopt_array($request, [
        CURLOPT_FILE => $output,
        CURLOPT_FAILONERROR => true,
        CURLOPT_HTTPHEADER => ['X-API-Key: ' . (getenv('WA_CONNECT_KEY') ?: WA_CONNECT_KEY)],
    ]);
    $isDone = curl_exec($request);
    fclose($output);
    return $isDone !== false;
}
