"""Python: what your server gives the page of who has signed in. docs/identity.md says how the page uses it."""

import base64
import hashlib
import hmac
import json
import os
import sys


def signature_of(user_id, secret=None):
    """Says for good that the user is who they are: for identify(userId, traits, { signature })."""
    secret = secret or os.environ["RIPEN_SIGNING_SECRET"]
    return hmac.new(secret.encode(), user_id.encode(), hashlib.sha256).hexdigest()


def membership_of(user_id, account, secret=None):
    """Says for good that the user belongs to the account: for group(account, traits, { signature })."""
    secret = secret or os.environ["RIPEN_SIGNING_SECRET"]
    text = f"{user_id}\0{account}"
    return hmac.new(f"{secret}/account".encode(), text.encode(), hashlib.sha256).hexdigest()


def token_of(user_id, exp, account=None, secret=None):
    """Says who the user is, and to which account they belong if you give it, until exp (seconds since 1970): for
    init({ token }). Any library for JSON Web Tokens (HS256) does the same."""
    secret = secret or os.environ["RIPEN_TOKEN_SECRET"]

    def encode(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    def text(value):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    claims = {"sub": user_id, "exp": exp} | ({"account": account} if account is not None else {})
    signed = encode(text({"alg": "HS256", "typ": "JWT"})) + b"." + encode(text(claims))
    signature = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + encode(signature)).decode()


# python3 sign.py USER, USER member ACCOUNT, or USER EXP [ACCOUNT]
if __name__ == "__main__":
    user, what, account = (sys.argv[1:] + [None, None])[:3]
    if not what:
        print(signature_of(user))
    else:
        print(membership_of(user, account) if what == "member" else token_of(user, int(what), account))
