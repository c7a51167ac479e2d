<?php
/*
 * The page behind the icon in cPanel: installs WA-Connect into the account that is logged in, says how it is, makes the link to pair the phone.
 * cPanel runs it as the account's user, and only for somebody who is logged in: the session's token stands in every address.
 */
declare(strict_types=1);

// Where install-plugin.sh puts the unpacked package, for all accounts of the server.
const PACKAGE = '/usr/local/wa-connect';

if (!class_exists('CPANEL')) {
    require_once '/usr/local/cpanel/php/cpanel.php';
}

/** @return array{0: int, 1: string} exit status and what the command printed */
function run(array $command): array
{
    $home = getenv('HOME') ?: posix_getpwuid(posix_geteuid())['dir'];
    $environment = ['PATH' => getenv('PATH') ?: '/usr/local/bin:/usr/bin:/bin', 'HOME' => $home];
    $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes, $home, $environment);
    if ($process === false) {
        return [1, 'programs can not be started from here'];
    }
    $output = stream_get_contents($pipes[1]);
    fclose($pipes[1]);
    return [proc_close($process), (string) $output];
}

function text(string $value): string
{
    return htmlspecialchars($value, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

/** What a button does: its name, and the command behind it. Nothing of the request gets into a command. */
function actions(string $program): array
{
    if (!is_file($program)) {
        return ['install' => ['Install', ['sh', PACKAGE . '/cpanel/install.sh', '--yes']]];
    }
    return [
        'page' => ['Link the phone', [$program, 'sessions', 'page']],
        'ensure' => ['Start', [$program, 'ensure']],
        'doctor' => ['Check everything', [$program, 'doctor']],
        'upgrade' => ['Upgrade', ['sh', PACKAGE . '/cpanel/upgrade.sh']],
    ];
}

$cpanel = new CPANEL();
$home = getenv('HOME') ?: posix_getpwuid(posix_geteuid())['dir'];
$program = $home . '/wa-connect/bin/wa-connect';
$result = null;
if (($_SERVER['REQUEST_METHOD'] ?? '') === 'POST') {
    $asked = is_string($_POST['action'] ?? null) ? $_POST['action'] : '';
    $known = actions($program);
    if (isset($known[$asked])) {
        set_time_limit(120);
        ignore_user_abort(true);
        $result = run($known[$asked][1]);
        if ($asked === 'page' && $result[0] === 0) {
            // The link opens once; it is shown and followed by the owner, never kept.
            $link = trim($result[1]);
        }
    }
}
// After an installation the buttons are others.
$buttons = actions($program);
if (is_file($program) && is_readable(PACKAGE . '/VERSION')) {
    [, $installed] = run([$program, '--version']);
    if (trim($installed) === trim((string) file_get_contents(PACKAGE . '/VERSION'))) {
        unset($buttons['upgrade']);
    }
} else {
    unset($buttons['upgrade']);
}

print $cpanel->header('WA-Connect', 'wa_connect');
?>
<p>Your site sends and receives WhatsApp messages through an API of its own.</p>
<?php if (isset($link)) { ?>
<p><a class="btn btn-primary" href="<?= text($link) ?>" target="_blank" rel="noopener">Open the page with the QR code</a> It opens once, within 30 minutes.</p>
<?php } elseif ($result !== null) { ?>
<p><strong><?= $result[0] === 0 ? 'Done.' : 'That did not work:' ?></strong></p>
<pre><?= text($result[1]) ?></pre>
<?php } elseif (is_file($program)) { ?>
<pre><?= text(run([$program, 'status'])[1]) ?></pre>
<?php } ?>
<form method="post">
<?php foreach ($buttons as $name => [$words]) { ?>
<button class="btn btn-primary" name="action" value="<?= $name ?>"><?= $words ?></button>
<?php } ?>
</form>
<?php
print $cpanel->footer();
$cpanel->end();
