#!/bin/bash
# Runs a broker (command $2…) whose cluster is named once for the data folder ($1), and anew for a folder that is
# empty. The image calls every cluster the same: services could not tell that one has lost its disk, and would go on
# reading where they were in topics that begin anew.
set -euo pipefail
folder=$1
shift
known=$(sed -n 's/^cluster\.id=//p' "$folder/meta.properties" 2>/dev/null || true)
# A UUID as Kafka writes it: base64 for URLs, without padding.
CLUSTER_ID=${known:-$(head -c 16 /dev/urandom | base64 | tr '/+' '_-' | tr -d '=')}
export CLUSTER_ID
exec "$@"
