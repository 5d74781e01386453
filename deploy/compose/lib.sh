# What backup and restore share. Runs in deploy/compose.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

[ -r .env ] || fail "there is no deploy/compose/.env: run ./setup first"
# As compose itself names the project: after the folder, unless it is told.
project=${COMPOSE_PROJECT_NAME:-$(sed -n 's/^COMPOSE_PROJECT_NAME=//p' .env)}
: "${project:=$(basename "$PWD")}"
POS_POSTGRES_PORT=$(sed -n 's/^POS_POSTGRES_PORT=//p' .env)
POS_SALES_PASSWORD=$(sed -n 's/^POS_SALES_PASSWORD=//p' .env)

# Compose as a plugin of docker, or the older program of its own.
compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose -p "$project" "$@"
    else
        docker-compose -p "$project" "$@"
    fi
}

volume() { printf '%s_%s\n' "$project" "$1"; }
