#!/usr/bin/env bash
# What Flagger's webhooks run. A canary is compared with the one promoted before it: both are called
# by the names of the canary's Service and Deployment, so they bear the same names.
#
#   gate.sh check     before traffic is routed: drive the scenario, capture, compare
#   gate.sh promote   before the promotion: what was captured is the next canary's baseline
#
# CANARY: what is deployed; SCENARIO: a command; KUBESHARK_URL: the Hub; BASELINES: a folder that stays.
set -euo pipefail

known="$BASELINES/$CANARY.json"
candidate="$BASELINES/$CANARY.next.json"

case "${1:-}" in
  check)
    wireproof baseline --kubeshark-url "$KUBESHARK_URL" --run "$SCENARIO" -o "$candidate"
    if [ ! -e "$known" ]; then
      echo "No canary of $CANARY was promoted yet: nothing to compare with."
      exit 0
    fi
    wireproof compare "$known" "$candidate" --report-dir "$BASELINES/$CANARY.report"
    ;;
  promote)
    if [ -e "$candidate" ]; then mv "$candidate" "$known"; fi
    ;;
  *)
    echo "gate.sh check|promote" >&2
    exit 2
    ;;
esac
