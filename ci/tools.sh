#!/usr/bin/env bash
# Installs what checks the API, by name and version: validators, generators of clients, a browser's driver.
#
# usage: ci/tools.sh FOLDER    makes FOLDER/venv and FOLDER/node_modules
set -euo pipefail
mkdir -p "$1"
cd "$1"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0 \
    openapi-generator-cli==7.26.0 openapi-python-client==0.29.1 schemathesis==4.32.5 ruff \
    python-dateutil pydantic typing-extensions urllib3
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --no-update-notifier @redocly/cli@2.77.0 openapi-typescript@7.13.0 \
    orval@8.38.0 typescript@5.9 playwright-core@1.64
