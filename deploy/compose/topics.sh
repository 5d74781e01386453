#!/bin/sh
# Makes the topics of topics.txt (name and retention in milliseconds) that are missing.
set -eu
topics() { /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 "$@"; }
there=$(topics --list)
while read -r name retention; do
    if ! printf '%s\n' "$there" | grep -qxF "$name"; then
        topics --create --topic "$name" --partitions 3 --config "retention.ms=$retention" \
            --config cleanup.policy=delete --config max.message.bytes=4194304 </dev/null
    fi
done </etc/pos/topics.txt
