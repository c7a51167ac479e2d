<?php
// One text to many, and what waits to be sent.

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

/**
 * The answer's status is 200 with all results, or 202 with a 'job_id' where it takes longer than 8 seconds; then wa_bulk() tells the rest.
 *
 * @param list<string> $recipients
 * @param int $delay milliseconds between two messages
 */
function wa_send_bulk(array $recipients, string $text, int $delay = 1000, string $order = ''): array
{
    $fields = ['recipients' => $recipients, 'message' => $text, 'delay' => $delay];
    return wa_connect('messages/send-bulk', $fields, $order === '' ? [] : ['Idempotency-Key' => $order]);
}

function wa_bulks(int $page = 1): array
{
    return wa_connect("messages/bulk?page=$page");
}

function wa_bulk(int $job, int $page = 1): array
{
    return wa_connect("messages/bulk/$job?page=$page");
}

function wa_pause_bulk(int $job): array
{
    return wa_connect("messages/bulk/$job/pause", []);
}

function wa_resume_bulk(int $job): array
{
    return wa_connect("messages/bulk/$job/resume", []);
}

function wa_cancel_bulk(int $job): array
{
    return wa_connect("messages/bulk/$job/cancel", []);
}

/** @param string $status pending, working, sent, failed, cancelled or all */
function wa_outbox(string $status = 'all', int $page = 1): array
{
    return wa_connect('messages/outbox?' . http_build_query(['status' => $status, 'page' => $page]));
}

function wa_cancel_row(int $id): array
{
    return wa_connect("messages/outbox/$id/cancel", []);
}
