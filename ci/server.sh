# Starts a server with a fresh database on a free port of loopback, for checks from outside. Sourced.

# server_start FOLDER: sets SERVER to its address, once it is ready.
server_start() {
    local port
    port=$(free_port)
    SERVER=http://127.0.0.1:$port
    SERVER_FOLDER=$1/server
    mkdir -p "$SERVER_FOLDER"
    (cd "$SERVER_FOLDER" && exec env -u DATABASE_URL WIREDESK_DATA_DIR="$SERVER_FOLDER/data" WIREDESK_BIND="127.0.0.1:$port" \
        WIREDESK_PUBLIC_URL="$SERVER" WIREDESK_LIMITS=off "$WIREDESK" serve) >"$SERVER_FOLDER/log" 2>&1 &
    SERVER_PID=$!
    for _ in $(seq 100); do
        if curl -fs -o "$SERVER_FOLDER/ready" "$SERVER/readyz"; then return; fi
        sleep 0.1
    done
    cat "$SERVER_FOLDER/log" >&2
    return 1
}

# server_key SCOPE: prints a key of this server.
server_key() {
    (cd "$SERVER_FOLDER" && env -u DATABASE_URL WIREDESK_DATA_DIR="$SERVER_FOLDER/data" \
        "$WIREDESK" key create --name ci --scope "$1" 2>>"$SERVER_FOLDER/log")
}

# server_stop: ends it as an operator would; one that does not end in 10 s, or not well, is a fault.
server_stop() {
    if [ -z "${SERVER_PID:-}" ]; then return; fi
    local pid=$SERVER_PID
    SERVER_PID=
    kill -TERM "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
        if ! kill -0 "$pid" 2>/dev/null; then wait "$pid"; return; fi
        sleep 0.1
    done
    kill -KILL "$pid"
    echo "the server did not end within 10 s" >&2
    return 1
}
