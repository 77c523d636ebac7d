#!/usr/bin/env bash
# Builds the S3 server that the tests of stored baselines run against, where it isn't there yet: the
# Versity S3 Gateway, from source. Needs Go 1.21 or newer, which fetches the version it takes.
set -euo pipefail
VERSION=v1.8.0
command -v go > /dev/null || { echo 'scripts/s3-server.sh needs Go (https://go.dev/dl)' >&2; exit 1; }
bin="$(go env GOPATH)/bin"
built() { go version -m "$bin/versitygw" 2> /dev/null | grep -q "github.com/versity/versitygw[[:space:]]$VERSION"; }
built && exit
# Not optimised: the tests would not notice, and it builds in a third of the time.
GOBIN="$bin" go install -ldflags='-s -w' -gcflags='all=-N -l -dwarf=false' \
  "github.com/versity/versitygw/cmd/versitygw@$VERSION"
