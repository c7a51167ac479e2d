<?php
// Files. Each function returns the answer of wa_connect(). A file is fetched from its address by WA-Connect, or sent along with wa_send_file().

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

/** JPEG, PNG or WebP. */
function wa_send_image(string $to, string $url, string $caption = ''): array
{
    return wa_connect('messages/send-image', ['to' => $to, 'imageUrl' => $url, 'caption' => $caption]);
}

/** Any file; without a name it keeps the one that it has in the address. */
function wa_send_document(string $to, string $url, string $fileName = '', string $caption = '', string $mimetype = ''): array
{
    return wa_connect('messages/send-document', [
        'to' => $to, 'documentUrl' => $url, 'fileName' => $fileName, 'caption' => $caption, 'mimetype' => $mimetype,
    ]);
}

function wa_send_video(string $to, string $url, string $caption = ''): array
{
    return wa_connect('messages/send-video', ['to' => $to, 'videoUrl' => $url, 'caption' => $caption]);
}

/** With $voice it is shown as a voice note: Ogg Opus, MP3 or WAV. */
function wa_send_audio(string $to, string $url, bool $voice = false): array
{
    return wa_connect('messages/send-audio', ['to' => $to, 'audioUrl' => $url, 'ptt' => $voice]);
}

/**
 * Sends a file of this server, such as an upload: wa_send_file('image', '96812345678', $_FILES['photo']['tmp_name']).
 *
 * @param string $kind image, document, video or audio
 * @param array<string, string> $fields such as ['caption' => 'Hello', 'fileName' => 'Invoice.pdf']
 */
function wa_send_file(string $kind, string $to, string $path, array $fields = []): array
{
    $request = curl_init((getenv('WA_CONNECT_URL') ?: WA_CONNECT_URL) . "/messages/send-$kind");
    curl_setopt_array($request, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_HTTPHEADER => ['X-API-Key: ' . (getenv('WA_CONNECT_KEY') ?: WA_CONNECT_KEY)],
        CURLOPT_POSTFIELDS => ['to' => $to, 'file' => new CURLFile($path)] + $fields,
    ]);
    $body = curl_exec($request);
    $answer = $body === false ? ['success' => false, 'error' => curl_error($request)] : json_decode($body, true);
    return ['status' => curl_getinfo($request, CURLINFO_RESPONSE_CODE)] + ($answer ?: ['success' => false, 'error' => 'The answer is not from WA-Connect']);
}
