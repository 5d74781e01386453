# shellcheck shell=sh
# A part of ./pos: finds or fetches the JDK and the Node of toolchain.properties. Needs curl or wget, tar, gzip, a sha256 program.
TOOLS=${POS_TOOLS:-$ROOT/.pos/tools}
MIN_NODE=20

pinned() { sed -n "s/^$1=//p" "$ROOT/deploy/toolchain/toolchain.properties"; }

# Sets $platform to the word $1..$4 for Linux x86-64, Linux arm64, macOS x86-64, macOS arm64.
for_platform() {
    case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-amd64) platform=$1 ;;
    Linux-aarch64 | Linux-arm64) platform=$2 ;;
    Darwin-x86_64) platform=$3 ;;
    Darwin-arm64) platform=$4 ;;
    *) fail "there is no archive for $(uname -s) $(uname -m); install a JDK and Node yourself" ;;
    esac
}

# Whether to fetch: --yes, or a person says so. $1: the sentence that says what is missing and what else would help.
may_fetch() {
    [ -z "$YES" ] || return 0
    say "$1" >&2
    if [ -t 0 ] && [ -t 2 ]; then
        printf 'Fetch %s, %s MB, into %s? [y/N] ' "$2" "$3" "$TOOLS" >&2
        read -r answer
        case $answer in y | Y | yes | Yes) return 0 ;; esac
    fi
    fail "nothing was fetched. With --yes, as in ./pos up --yes, $2 is fetched into $TOOLS ($3 MB)."
}

# Writes the address $1 to the file $2; fails when not all of it came.
download() {
    if command -v curl >/dev/null; then
        curl -fsSL --retry 2 --connect-timeout 20 --speed-limit 1000 --speed-time 60 -o "$2" "$1"
    elif command -v wget >/dev/null; then
        # It knows the small names only.
        http_proxy=${http_proxy:-${HTTP_PROXY:-}} https_proxy=${https_proxy:-${HTTPS_PROXY:-}} \
            no_proxy=${no_proxy:-${NO_PROXY:-}} wget -q --tries=3 --timeout=60 -O "$2" "$1"
    else
        fail "curl or wget is needed to fetch anything"
    fi
}

checksum() {
    if command -v sha256sum >/dev/null; then
        sha256sum "$1"
    elif command -v shasum >/dev/null; then
        shasum -a 256 "$1"
    else
        fail "sha256sum or shasum is needed to check what was fetched"
    fi
}

# Fetches the archive $2 from $1, checks it by the line for it in the file $3 beside it, and puts its folder $4 into $TOOLS, after
# its program $5 has run with the option $6. Until then everything lies in a folder of its own, which goes whatever happens.
fetch() {
    mkdir -p "$TOOLS" || fail "$TOOLS cannot be made"
    part=$(mktemp -d "$TOOLS/.part-XXXXXX") || fail "nothing can be written to $TOOLS"
    trap 'rm -rf "$part"' EXIT
    trap 'exit 130' INT TERM HUP
    from=${POS_TOOLS_FROM:-$1}
    say "Fetching $from/$2" >&2
    download "$from/$3" "$part/checksums" || fail "$from/$3 cannot be fetched"
    wanted=$(sed -n "s/^\([0-9a-fA-F]\{64\}\)  *\*\{0,1\}$2\$/\1/p" "$part/checksums")
    [ -n "$wanted" ] || fail "$from/$3 has no checksum of $2"
    download "$from/$2" "$part/archive" || fail "$from/$2 cannot be fetched, or not all of it"
    got=$(checksum "$part/archive")
    [ "${got%% *}" = "$wanted" ] || fail "$2 is not what its vendor published: its checksum is ${got%% *}, not $wanted"
    mkdir "$part/content"
    tar -xzf "$part/archive" -C "$part/content" || fail "$2 cannot be unpacked"
    "$part/content/$4$5" "$6" >/dev/null 2>&1 || fail "what was fetched does not run on this machine: $5 of $2"
    rm -rf "${TOOLS:?}/$4"
    mv "$part/content/$4" "$TOOLS/$4" || fail "$TOOLS/$4 cannot be written"
    rm -rf "$part"
    trap - EXIT INT TERM HUP
}

# Uses the JDK in $TOOLS; fetches it first when it is not there. $1: why.
tools_jdk() {
    jdk=$(pinned jdk.version)
    for_platform '' '' /Contents/Home /Contents/Home
    home=jdk-$jdk$platform
    use_jdk "$TOOLS/$home" && return
    may_fetch "$1" "Temurin JDK $jdk" "$(pinned jdk.megabytes)"
    for_platform x64_linux aarch64_linux x64_mac aarch64_mac
    archive=OpenJDK${jdk%%.*}U-jdk_${platform}_hotspot_${jdk%+*}_${jdk#*+}.tar.gz
    fetch "$(pinned jdk.address)" "$archive" "$archive.sha256.txt" "jdk-$jdk" "${home#"jdk-$jdk"}/bin/java" -version
    use_jdk "$TOOLS/$home" || fail "$archive holds no JDK $MIN_JAVA or newer"
}

has_node() {
    command -v npm >/dev/null && node=$(node -v 2>/dev/null) || return 1
    node=${node#v}
    node=${node%%.*}
    case $node in '' | *[!0-9]*) return 1 ;; esac
    [ "$node" -ge "$MIN_NODE" ]
}

# The POS client is built with Node and npm: those of the PATH, else those in $TOOLS.
find_node() {
    has_node && return
    pinned_node=$(pinned node.version)
    for_platform linux-x64 linux-arm64 darwin-x64 darwin-arm64
    folder=node-v$pinned_node-$platform
    if [ ! -x "$TOOLS/$folder/bin/npm" ]; then
        may_fetch "pos: no Node $MIN_NODE or newer with npm found on the PATH; the POS client is built with it." \
            "Node $pinned_node" "$(pinned node.megabytes)"
        fetch "$(pinned node.address)" "$folder.tar.gz" SHASUMS256.txt "$folder" /bin/node -v
    fi
    PATH=$TOOLS/$folder/bin:$PATH
    export PATH
    has_node || fail "$TOOLS/$folder holds no Node $MIN_NODE or newer with npm"
}
