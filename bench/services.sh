# Services to measure, sourced by the benchmarks beside it. Needs a built target/quarkus-app, wrk, curl and psql, and
# an empty database:
#
#   ROSTER_DB_URL=postgresql://127.0.0.1:5432/bench ROSTER_DB_USERNAME=... ROSTER_DB_PASSWORD=... bench/...
#
# ROUNDS (3), SECONDS_EACH (8) and CONNECTIONS (32) may be set.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

: "${ROSTER_DB_URL:?name an empty database}"
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-8} connections=${CONNECTIONS:-32}
work=$(mktemp -d)
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

export ROSTER_ADMIN_CLIENT_SECRET=benchmark-secret-0123456789
unset ROSTER_SIGNING_KEYS

# Starts a service: port, address of its database, Java properties.
start() {
  local port=$1 database=$2
  shift 2
  java "$@" -Droster.db.url="$database" -Droster.db.username="${ROSTER_DB_USERNAME:-}" \
    -Droster.db.password="${ROSTER_DB_PASSWORD:-}" -Droster.embedded=true -Droster.data.dir="$work" \
    -Droster.issuer=http://benchmark.test -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$port" \
    -Dquarkus.management.host=127.0.0.1 -Dquarkus.management.port="$((port + 1000))" \
    -jar target/quarkus-app/quarkus-run.jar >"$work/$port.log" 2>&1 &
  pids+=($!)
  for _ in $(seq 120); do
    curl -sf -o /dev/null "http://127.0.0.1:$port/oauth2/jwks" && return
    sleep 0.5
  done
  cat "$work/$port.log" >&2
  exit 1
}

# Runs psql on a database: its address, arguments.
query() {
  local database=$1
  shift
  PGPASSWORD=${ROSTER_DB_PASSWORD:-} psql -q -v ON_ERROR_STOP=1 \
    "${database/\/\//\/\/${ROSTER_DB_USERNAME:+$ROSTER_DB_USERNAME@}}" "$@"
}

# A token of the first administrator from the service at a port.
token() {
  curl -sf -u "admin:$ROSTER_ADMIN_CLIENT_SECRET" -d grant_type=client_credentials \
    "http://127.0.0.1:$1/oauth2/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}

# Requests per second: port, path, token. An answer other than 2xx ends the benchmark.
rate() {
  wrk -t1 -c"$connections" -d"${seconds}s" -H "Authorization: Bearer $3" "http://127.0.0.1:$1$2" >"$work/wrk"
  if grep -q 'Non-2xx' "$work/wrk"; then
    cat "$work/wrk" >&2
    exit 1
  fi
  sed -n 's/^Requests\/sec: *//p' "$work/wrk"
}
