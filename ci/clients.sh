#!/usr/bin/env bash
# Generates clients from the OpenAPI document with five generators, and compiles what they made.
#
# usage: ci/clients.sh DOCUMENT FOLDER    (FOLDER holds node_modules/ and venv/, as ci/tools.sh makes it)
set -euo pipefail
DOCUMENT=$(realpath "$1")
TOOLS=$(realpath "$2")
OUT=$TOOLS/clients
rm -rf "$OUT"
mkdir -p "$OUT"
cd "$OUT"
TSC="$TOOLS/node_modules/.bin/tsc --noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable"

# generate NAME COMMAND…: a generator that fails, or says that it left something out, is a fault.
generate() {
    local name=$1
    shift
    echo "- $name"
    if ! "$@" >"$name.log" 2>&1 || grep -P -i '^ *(error|exception)\b|\bunsupported\b|failed to (parse|resolve)|could not (parse|resolve)|unable to' "$name.log"; then
        cat "$name.log"
        return 1
    fi
}

# A model that a generator made twice, or made of null, has one of these names.
no_doubles() {
    local doubled
    doubled=$(find "$1" -regextype posix-extended -iregex '.*/(model_?)?(null|null_?type|any_?of.*|one_?of.*|inline.*|.*[a-z]_?[12])\.(ts|py)' || true)
    [ -z "$doubled" ] || { echo "doubled or nameless models: $doubled"; return 1; }
}

generate openapi-typescript "$TOOLS/node_modules/.bin/openapi-typescript" "$DOCUMENT" -o types.ts
$TSC types.ts

generate orval "$TOOLS/node_modules/.bin/orval" --input "$DOCUMENT" --output orval.ts --client fetch
$TSC orval.ts

generate typescript-fetch "$TOOLS/venv/bin/openapi-generator-cli" generate -i "$DOCUMENT" -g typescript-fetch -o fetch
$TSC fetch/index.ts
no_doubles fetch/models

generate python "$TOOLS/venv/bin/openapi-generator-cli" generate -i "$DOCUMENT" -g python -o python
"$TOOLS/venv/bin/python" -m compileall -q python
(cd python && "$TOOLS/venv/bin/python" -c 'import openapi_client; print("  models:", len([n for n in dir(openapi_client) if n[0].isupper()]))')
no_doubles python/openapi_client/models

# This one knows JSON, text and bytes by name; what else there is, is bytes to it.
python3 - "$DOCUMENT" >opc.json <<'PYTHON'
import json, sys

document = json.load(open(sys.argv[1]))
contents = [
    kind for item in document["paths"].values() for operation in item.values()
    for response in operation["responses"].values() for kind in response.get("content", {})
]
strange = {kind for kind in contents if not kind.startswith("text/") and not kind.endswith("json")}
strange |= {
    kind for item in document["paths"].values() for operation in item.values()
    for kind in operation.get("requestBody", {}).get("content", {}) if not kind.endswith("json")
}
print(json.dumps({"content_type_overrides": {kind: "application/octet-stream" for kind in strange}}))
PYTHON
PATH="$TOOLS/venv/bin:$PATH" generate openapi-python-client "$TOOLS/venv/bin/openapi-python-client" generate --path "$DOCUMENT" --output-path opc --config opc.json --meta none --fail-on-warning
"$TOOLS/venv/bin/python" -m compileall -q opc
no_doubles opc/models

# Every operation can be called from each client under its own name.
"$TOOLS/venv/bin/python" - "$DOCUMENT" <<'PYTHON'
import json, pathlib, re, sys

document = json.load(open(sys.argv[1]))
ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
text = {
    name: "\n".join(path.read_text() for path in sorted(pathlib.Path(folder).rglob(pattern)))
    for name, folder, pattern in [
        ("openapi-typescript", ".", "types.ts"), ("orval", ".", "orval.ts"),
        ("typescript-fetch", "fetch/apis", "*.ts"), ("python", "python/openapi_client/api", "*.py"),
    ]
}
modules = {path.stem for path in pathlib.Path("opc/api").rglob("*.py")}
camel = lambda name: re.sub(r"_(\w)", lambda match: match[1].upper(), name)
missing = [
    (client, name) for name in ids for client, there in {
        "openapi-typescript": f"    {name}: {{" in text["openapi-typescript"],
        "orval": f"export const {camel(name)} =" in text["orval"],
        "typescript-fetch": f"async {camel(name)}(" in text["typescript-fetch"],
        "python": f"def {name}(" in text["python"],
        "openapi-python-client": name in modules,
    }.items() if not there
]
if missing:
    sys.exit(f"operations that a client cannot call: {missing}")
print(f"- each of {len(ids)} operations can be called from 5 clients")
PYTHON
