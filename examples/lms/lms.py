"""The whole path of an LMS, with the standard library alone: python3 lms.py

Needs LAB (the address), TOKEN (role lms), COURSE and ASSIGNMENT. Python 3.9 or newer.
"""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

LAB = os.environ.get("LAB", "http://127.0.0.1:8080")
COURSE = f"/v1/courses/{os.environ['COURSE']}"
ASSIGNMENT = f"{COURSE}/assignments/{os.environ['ASSIGNMENT']}"


# #region client
def call(method, path, body=None, key=None):
    """One request. Repeated while the server is away or busy: safe, for POSTs carry a key."""
    headers = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    if key is not None:
        headers["Idempotency-Key"] = key
    for attempt in range(1, 9):
        request = urllib.request.Request(LAB + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            seconds = float(refusal.headers.get("Retry-After") or 2**attempt / 4)
            again = refusal.code in (429, 500, 502, 503, 504)
            if not again or seconds > 60 or attempt == 8:
                problem = json.load(refusal)  # problem details, RFC 9457
                raise RuntimeError(f"{refusal.code} {problem['title']}: {problem}") from None
        except urllib.error.URLError:
            seconds = 2**attempt / 4
            if attempt == 8:
                raise
        time.sleep(seconds)


# #endregion

# #region roster
# Everybody at once, by your own ids. The same roster again changes nothing.
roster = call(
    "POST",
    f"{COURSE}/roster",
    {
        "people": [
            {"externalId": "u-1001", "name": "Ada Lovelace"},
            {"externalId": "u-1002", "name": "Alan Turing"},
        ]
    },
)
# #endregion

# #region launch
# Make it when the learner clicks, and answer the click with a redirect to its "url".
launch = call(
    "POST",
    f"{ASSIGNMENT}/launches",
    {"learner": {"id": "u-1001"}, "tokenMinutes": 120},
)
# #endregion

# #region submit
MANIFEST = """apiVersion: v1
kind: Service
metadata:
  name: web-service
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
"""

# The key is your own id of this hand-in: however often it is sent, it counts once.
submission = call(
    "POST",
    f"{ASSIGNMENT}/submissions",
    {"part": "service", "answer": {"manifest": MANIFEST}, "learner": {"id": "u-1001"}},
    key=f"hand-in-{os.environ.get('HAND_IN', '1')}",
)
# #endregion

# #region result
# The grade as it is now, with the steps that made it.
learner = submission["learnerId"]
explained = call("GET", f"{COURSE}/grades/{learner}/{os.environ['ASSIGNMENT']}?explain=true")
grade = explained["grade"]
# #endregion


# #region sync
def sync(cursor=None):
    """All grades that changed since the cursor. Keep the new cursor with the grades you write."""
    grades = []
    while True:
        query = "" if cursor is None else "?" + urllib.parse.urlencode({"cursor": cursor})
        page = call("GET", f"{COURSE}/grades/changes{query}")
        grades += page["items"]
        cursor = page["next"]
        if not page["more"]:
            return grades, cursor


first, cursor = sync()
later, cursor = sync(cursor)
# #endregion

print(
    json.dumps(
        {
            "created": roster["created"],
            "launch": {"url": launch["url"], "code": launch["code"]},
            "submission": submission["id"],
            "score": grade["score"],
            "outOf": grade["outOf"],
            "synced": first,
            "changedSince": len(later),
        }
    )
)
