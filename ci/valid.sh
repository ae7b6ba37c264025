#!/usr/bin/env bash
# Holds the OpenAPI document to the standard and to Redocly's recommended rules; a warning is a fault.
#
# usage: ci/valid.sh DOCUMENT FOLDER    (FOLDER as ci/tools.sh makes it)
set -euo pipefail
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true NO_COLOR=1
"$2/venv/bin/openapi-spec-validator" "$1"
said=$("$2/node_modules/.bin/redocly" lint --extends=recommended --format=stylish "$1" 2>&1) || { echo "$said"; exit 1; }
if grep -E '^ +[0-9]+:[0-9]+ +(warning|error)' <<<"$said"; then exit 1; fi
echo "redocly: no error, no warning"
