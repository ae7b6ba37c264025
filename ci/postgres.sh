# Installs PostgreSQL where it is missing, starts one for tests in a folder of its own, stops it. Sourced.

# pg_start FOLDER: sets PG_URL to a server that answers; its own, unless TEST_DATABASE_URL names one.
pg_start() {
    if [ -n "${TEST_DATABASE_URL:-}" ] && pg_isready -q -d "$TEST_DATABASE_URL" 2>/dev/null; then
        PG_URL=$TEST_DATABASE_URL
        echo "PostgreSQL: the one of TEST_DATABASE_URL"
        return
    fi
    pg_install
    local port
    port=$(free_port)
    PG_FOLDER=$1/postgres
    mkdir -p "$PG_FOLDER"
    if [ "$(id -u)" = 0 ]; then chown postgres "$PG_FOLDER"; fi
    as_postgres "$PG_BIN/initdb" -D "$PG_FOLDER/data" -U wiredesk --auth=trust --encoding=UTF8 --locale=C \
        --no-sync >"$1/initdb.log"
    # A database that is thrown away needs no syncs; the rest keeps two cores busy with tests.
    cat >>"$PG_FOLDER/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$PG_FOLDER'
max_connections = 300
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
CONF
    as_postgres "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -l "$PG_FOLDER/log" -w -t 60 start >/dev/null
    PG_URL="postgres://wiredesk@127.0.0.1:$port/postgres"
    echo "PostgreSQL: $("$PG_BIN/postgres" --version), started on port $port"
}

# pg_stop: stops the server that pg_start started, if it did.
pg_stop() {
    if [ -n "${PG_FOLDER:-}" ] && [ -e "$PG_FOLDER/data/postmaster.pid" ]; then
        as_postgres "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -m immediate -w stop >/dev/null || true
        PG_FOLDER=
    fi
}

# pg_install: sets PG_BIN to the folder of the server's programs.
pg_install() {
    PG_BIN=$(pg_programs)
    if [ -z "$PG_BIN" ]; then
        mkdir -p /etc/postgresql-common
        # The package would otherwise make and start a server of its own.
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
        apt_install postgresql
        PG_BIN=$(pg_programs)
    fi
    [ -n "$PG_BIN" ] || { echo "no PostgreSQL server to be had" >&2; return 1; }
}

pg_programs() {
    local newest
    newest=$(find /usr/lib/postgresql -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$newest" ]; then dirname "$newest"; fi
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
