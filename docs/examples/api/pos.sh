#!/bin/sh
# KSB POS with curl: ./pos.sh sell|push|sales (README.md beside this file)
set -eu
POS=${POS:-http://localhost:8080}
KSB_ID=${KSB_ID:-10000001}

# api METHOD PATH [curl's options]: prints the answer; a failure ends the script with the problem's text.
api() {
    method=$1 path=$2
    shift 2
    curl --silent --show-error --fail-with-body --max-time 60 --request "$method" "$POS$path" "$@"
}
json() { api "$@" --header 'Content-Type: application/json'; }
# The first text of that name in a JSON document.
field() { grep -o "\"$1\": *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
uuid() { cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr 'A-Z' 'a-z'; }

# Registers a till and logs the user $1 in at it: sets TOKEN.
login() {
    device=$(uuid)
    device_token=$(json POST /api/devices \
        --data "{\"ksbId\":\"$KSB_ID\",\"deviceId\":\"$device\",\"name\":\"curl\"}" | field deviceToken)
    TOKEN=$(json POST /api/auth/login --header "X-Device-Token: $device_token" --data \
        "{\"ksbId\":\"$KSB_ID\",\"deviceId\":\"$device\",\"login\":\"$1\",\"password\":\"$PASSWORD\"}" | field accessToken)
}

sell() {
    login kassir
    authorization="Authorization: Bearer $TOKEN"
    product=$(api GET /api/products/example-1 --header "$authorization")
    price=$(printf %s "$product" | field price)
    sale=$(uuid) # the till's own: whatever is sent again under it is the same sale
    json PUT "/api/sales/$sale" --header "$authorization" --output /dev/null --data "{
        \"currency\":\"UZS\",\"priceType\":\"chakana\",\"warehouse\":\"asosiy\",\"lines\":[{\"lineId\":\"1\",\"productId\":\"example-1\",
        \"name\":\"Example\",\"unit\":\"dona\",\"price\":\"$price\",\"basePrice\":\"$price\",\"baseCurrency\":\"UZS\",\"quantity\":\"1\"}]}"
    number=$(json POST "/api/sales/$sale/completion" --header "$authorization" --data "{
        \"revision\":1,\"total\":\"$price\",\"deviceSequence\":1,\"payments\":[{\"kind\":\"CASH\",\"amount\":\"$price\",
        \"currency\":\"UZS\",\"cashDesk\":\"naqd\"}]}" | field number)
    echo "sold $number for $price"
}

# As an ERP: rows with a version that rises; what is not newer changes nothing.
push() {
    token=$(api POST /api/auth/token --data grant_type=client_credentials --data "client_id=$KSB_ID-backoffice" \
        --data-urlencode "client_secret=$PASSWORD" | field access_token)
    json POST /api/product-updates --header "Authorization: Bearer $token" --data "[{\"id\":\"example-1\",
        \"version\":$(date +%s),\"name\":\"Example\",\"unit\":\"dona\",\"currency\":\"UZS\",\"barcodes\":[\"2990000000017\"],
        \"prices\":[{\"priceType\":\"chakana\",\"price\":\"12500.00\",\"currency\":\"UZS\"}],
        \"stock\":[{\"warehouse\":\"asosiy\",\"quantity\":\"1000\"}]}]"
    echo
}

# As a CRM: all finished sales of a day, page by page.
sales() {
    login menejer
    after=
    while :; do
        page=$(api GET "/api/sales?status=COMPLETED&from=$(date +%F)&limit=100$after" --header "Authorization: Bearer $TOKEN")
        printf %s "$page" | grep -o '"number": *"[^"]*"' | cut -d '"' -f 4
        next=$(printf %s "$page" | field next)
        [ -n "$next" ] || break
        after="&after=$next"
    done
}

"$1"
