#!/usr/bin/env bash
# The whole path of an LMS, with curl and jq: bash lms.sh
# Needs LAB (the address), TOKEN (role lms), COURSE and ASSIGNMENT.
set -euo pipefail
LAB=${LAB:-http://127.0.0.1:8080}
COURSE_PATH="/v1/courses/$COURSE"
ASSIGNMENT_PATH="$COURSE_PATH/assignments/$ASSIGNMENT"

# #region client
# One request. Repeated while the server is away or busy (429, 5xx, Retry-After is obeyed): safe,
# for POSTs carry a key. Refusals are problem details, RFC 9457: curl shows them and fails.
call() { # method path [body [key]]
  local options=(--silent --show-error --fail-with-body --max-time 30
    --retry 8 --retry-connrefused --retry-max-time 120
    --request "$1" --header "Authorization: Bearer $TOKEN")
  if [ -n "${3:-}" ]; then
    options+=(--header 'Content-Type: application/json' --data "$3")
  fi
  if [ -n "${4:-}" ]; then
    options+=(--header "Idempotency-Key: $4")
  fi
  curl "${options[@]}" "$LAB$2"
}
# #endregion

# #region roster
# Everybody at once, by your own ids. The same roster again changes nothing.
roster=$(call POST "$COURSE_PATH/roster" '{
  "people": [
    {"externalId": "u-1001", "name": "Ada Lovelace"},
    {"externalId": "u-1002", "name": "Alan Turing"}
  ]
}')
# #endregion

# #region launch
# Make it when the learner clicks, and answer the click with a redirect to its "url".
launch=$(call POST "$ASSIGNMENT_PATH/launches" '{"learner": {"id": "u-1001"}, "tokenMinutes": 120}')
# #endregion

# #region submit
manifest='apiVersion: v1
kind: Service
metadata:
  name: web-service
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
'
answer=$(jq --null-input --arg manifest "$manifest" \
  '{part: "service", answer: {manifest: $manifest}, learner: {id: "u-1001"}}')

# The key is your own id of this hand-in: however often it is sent, it counts once.
submission=$(call POST "$ASSIGNMENT_PATH/submissions" "$answer" "hand-in-${HAND_IN:-1}")
# #endregion

# #region result
# The grade as it is now, with the steps that made it.
learner=$(jq --raw-output .learnerId <<<"$submission")
grade=$(call GET "$COURSE_PATH/grades/$learner/$ASSIGNMENT?explain=true" | jq .grade)
# #endregion

# #region sync
# All grades that changed since the cursor. Keep the new cursor with the grades you write.
sync() { # [cursor]
  local cursor=${1:-} items='[]' page
  while :; do
    page=$(call GET "$COURSE_PATH/grades/changes${cursor:+?cursor=$(jq -rn --arg c "$cursor" '$c|@uri')}")
    items=$(jq --argjson more "$(jq .items <<<"$page")" '. + $more' <<<"$items")
    cursor=$(jq --raw-output .next <<<"$page")
    [ "$(jq .more <<<"$page")" = true ] || break
  done
  jq --null-input --argjson grades "$items" --arg cursor "$cursor" '{grades: $grades, cursor: $cursor}'
}

first=$(sync)
later=$(sync "$(jq --raw-output .cursor <<<"$first")")
# #endregion

jq --null-input --compact-output \
  --argjson roster "$roster" --argjson launch "$launch" --argjson submission "$submission" \
  --argjson grade "$grade" --argjson first "$first" --argjson later "$later" '{
    created: $roster.created,
    launch: {url: $launch.url, code: $launch.code},
    submission: $submission.id,
    score: $grade.score,
    outOf: $grade.outOf,
    synced: $first.grades,
    changedSince: ($later.grades | length)
  }'
