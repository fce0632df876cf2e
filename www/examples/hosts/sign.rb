# Ruby: what your server gives the page of who has signed in. docs/identity.md says how the page uses it.
require "base64"
require "json"
require "openssl"

# Says for good that the user is who they are: for identify(userId, traits, { signature }).
def signature_of(user_id, secret = ENV.fetch("RIPEN_SIGNING_SECRET"))
  OpenSSL::HMAC.hexdigest("SHA256", secret, user_id)
end

# Says for good that the user belongs to the account: for group(account, traits, { signature }).
def membership_of(user_id, account, secret = ENV.fetch("RIPEN_SIGNING_SECRET"))
  OpenSSL::HMAC.hexdigest("SHA256", "#{secret}/account", "#{user_id}\0#{account}")
end

# Says who the user is, and to which account they belong if you give it, until exp (seconds since 1970): for
# init({ token }). Any library for JSON Web Tokens (HS256) does the same.
def token_of(user_id, exp, account = nil, secret = ENV.fetch("RIPEN_TOKEN_SECRET"))
  encode = ->(data) { Base64.urlsafe_encode64(data, padding: false) }
  header = encode.call(JSON.generate({ alg: "HS256", typ: "JWT" }))
  claims = { sub: user_id, exp: exp, account: account }.compact
  signed = "#{header}.#{encode.call(JSON.generate(claims))}"
  "#{signed}.#{encode.call(OpenSSL::HMAC.digest("SHA256", secret, signed))}"
end

# ruby sign.rb USER, USER member ACCOUNT, or USER EXP [ACCOUNT]
if $PROGRAM_NAME == __FILE__
  user, what, account = ARGV.map { |word| word.dup.force_encoding("UTF-8") }
  if !what
    puts signature_of(user)
  else
    puts what == "member" ? membership_of(user, account) : token_of(user, what.to_i, account)
  end
end
