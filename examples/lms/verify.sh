#!/usr/bin/env bash
# Whether a webhook is genuine, with openssl: the body on standard input, byte for byte.
# Needs SECRET (whsec_…), and the request's headers as ID, TIMESTAMP and SIGNATURE.
set -euo pipefail

# #region verify
key=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
wanted=$({ printf '%s.%s.' "$ID" "$TIMESTAMP"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
age=$(($(date +%s) - TIMESTAMP))
[ "${age#-}" -le 300 ] || { echo 'too old' >&2; exit 1; }
case " $SIGNATURE " in
  *" v1,$wanted "*) echo genuine ;;
  *) echo forged >&2; exit 1 ;;
esac
# #endregion
