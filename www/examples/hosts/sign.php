<?php
// PHP: what your server gives the page of who has signed in. docs/identity.md says how the page uses it.

/** Says for good that the user is who they are: for identify(userId, traits, { signature }). */
function ripen_signature_of(string $userId, ?string $secret = null): string
{
    return hash_hmac('sha256', $userId, $secret ?? getenv('RIPEN_SIGNING_SECRET'));
}

/** Says for good that the user belongs to the account: for group(account, traits, { signature }). */
function ripen_membership_of(string $userId, string $account, ?string $secret = null): string
{
    $key = ($secret ?? getenv('RIPEN_SIGNING_SECRET')) . '/account';
    return hash_hmac('sha256', "$userId\0$account", $key);
}

/**
 * Says who the user is, and to which account they belong if you give it, until $exp (seconds since 1970): for
 * init({ token }). Any library for JSON Web Tokens (HS256) does the same.
 */
function ripen_token_of(string $userId, int $exp, ?string $account = null, ?string $secret = null): string
{
    $encode = fn (string $data): string => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    $text = fn (array $value): string => json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    $claims = ['sub' => $userId, 'exp' => $exp] + ($account === null ? [] : ['account' => $account]);
    $signed = $encode($text(['alg' => 'HS256', 'typ' => 'JWT'])) . '.' . $encode($text($claims));
    return $signed . '.' . $encode(hash_hmac('sha256', $signed, $secret ?? getenv('RIPEN_TOKEN_SECRET'), true));
}

// php sign.php USER, USER member ACCOUNT, or USER EXP [ACCOUNT]
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    [, $user, $what, $account] = $argv + [2 => null, 3 => null];
    echo match ($what) {
        null => ripen_signature_of($user),
        'member' => ripen_membership_of($user, $account),
        default => ripen_token_of($user, (int) $what, $account),
    }, "\n";
}
