#!/usr/bin/env bash
# Known weaknesses of what the product is made of. A registry that cannot be asked (or refuses the
# question) is said and passed over; a weakness of grade high or critical fails.
set -uo pipefail
cd "$(dirname "$0")/.."

report=$(npm audit --omit=dev --audit-level=high --json 2>/dev/null)
code=$?
if ! node -e 'process.exit(typeof JSON.parse(process.argv[1]).metadata === "object" ? 0 : 1)' "$report" 2>/dev/null; then
  echo "npm audit: the registry gave no answer, so nothing was checked" >&2
  exit 0
fi
if [ "$code" -ne 0 ]; then
  npm audit --omit=dev --audit-level=high
  exit 1
fi
echo "npm audit: nothing high or critical"
