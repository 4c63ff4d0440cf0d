#!/bin/bash
# Run once by PostgreSQL's image, when its data folder is new: a role for each service that keeps something there.
set -euo pipefail
sql() { psql -v ON_ERROR_STOP=1 -q -U postgres "$@"; }
for role in gantry_state gantry_monitoring; do
  sql -v password="$(cat "/etc/gantry/password-$role")" <<<"CREATE ROLE $role LOGIN PASSWORD :'password'"
done
sql <<'SQL'
CREATE DATABASE gantry OWNER gantry_state;
REVOKE ALL ON DATABASE gantry FROM PUBLIC;
GRANT CONNECT ON DATABASE gantry TO gantry_monitoring;
SQL
sql -d gantry -c 'CREATE SCHEMA gantry_monitoring AUTHORIZATION gantry_monitoring'
