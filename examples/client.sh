#!/usr/bin/env bash
# What has somebody said, and was it ever said like that? Uses curl.
#
#   ./client.sh http://127.0.0.1:8000 "Vladimir Putin" "close neighbors bound by traditions"
#
# If the service requires a token for reading, set ONRECORD_TOKEN.
set -euo pipefail
[ $# = 3 ] || { echo "usage: client.sh SERVICE SPEAKER QUOTE" >&2; exit 1; }
service=${1%/} speaker=$2 quote=$3

ask() {
  curl --silent --show-error --fail-with-body --max-time 60 \
    ${ONRECORD_TOKEN:+--header "Authorization: Bearer $ONRECORD_TOKEN"} "$@"
}

# All quotations at once, one JSON object per line.
lines=$(ask --get --data-urlencode "speaker=$speaker" "$service/quotes.jsonl")
echo "$(grep -c . <<<"$lines" || true) quotations"

# With jq: jq -r .verdict
ask --get --data-urlencode "speaker=$speaker" --data-urlencode "quote=$quote" "$service/verify" |
  grep -o '"verdict":"[a-z_]*"' | head -n 1 | cut -d '"' -f 4
