# What the steps of .ci/run share: titles with the time, packages, ports. Sourced.

BEGAN=$(date +%s)
# Every process of this run has this in its environment.
export WIREDESK_CI_RUN=$$

# step TITLE: says what begins, and when.
step() {
    local past=$(($(date +%s) - BEGAN))
    printf '\n=== %02d:%02d %s\n' $((past / 60)) $((past % 60)) "$*"
}

# apt_install PACKAGE…: Debian packages, by name.
apt_install() {
    local root=()
    if [ "$(id -u)" != 0 ]; then root=(sudo); fi
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@" >"$TEMP/apt.log" 2>&1 || { cat "$TEMP/apt.log" >&2; return 1; }
}

# need PROGRAM PACKAGE: installs the package where the program is missing.
need() {
    if ! command -v "$1" >"$TEMP/found"; then apt_install "$2"; fi
}

# nothing_left: fails where a process of this run still lives.
nothing_left() {
    local process left=
    for process in /proc/[0-9]*; do
        if [ "${process#/proc/}" != $$ ] && [ "${process#/proc/}" != "$BASHPID" ] \
            && tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -qx "WIREDESK_CI_RUN=$$"; then
            left="$left $(tr '\0' ' ' 2>/dev/null <"$process/cmdline")"
        fi
    done
    [ -z "$left" ] || { echo "still running:$left" >&2; return 1; }
}

# free_port: a port of the loopback address that nobody has now.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
