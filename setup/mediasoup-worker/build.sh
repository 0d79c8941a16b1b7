#!/usr/bin/env bash
# Builds mediasoup-worker from the C++ sources in the npm package mediasoup, against Debian's libraries.
# usage: build.sh <folder of the npm package> <scratch folder>   makes <scratch folder>/mediasoup-worker
# Why and with what: README.md beside this file.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
package=$(realpath "$1")
mkdir -p "$2"
scratch=$(realpath "$2")

# The package's own subprojects are recipes for downloads; ours stand in their place.
cp -r "$package/worker" "$scratch/worker"
cd "$scratch/worker"
rm -rf subprojects/*.wrap subprojects/packagefiles
cp -r "$here/subprojects/." subprojects/

# It asks for meson 1.1.0 and uses nothing that Debian 12's 1.0.1 lacks.
sed -i "s/meson_version: '>= 1\.1\.0'/meson_version: '>= 1.0.0'/" meson.build

# Debian's OpenSSL is built with kernel TLS and so asks the write BIO BIO_CTRL_GET_KTLS_SEND. mediasoup's callback answers
# 1 to every BIO_ctrl, upon which libssl allocates no write buffer, and the worker dies in its first DTLS handshake. The
# callback is meant for returning calls alone, which are those with the bit set, not those of exactly that value.
sed -i 's/(operationType == BIO_CB_RETURN) ?/(operationType \& BIO_CB_RETURN) ?/' src/RTC/DtlsTransport.cpp
grep -q '(operationType & BIO_CB_RETURN) ?' src/RTC/DtlsTransport.cpp

meson setup --wrap-mode=nodownload --buildtype release -Db_ndebug=true "$scratch/build" .
# First, since the sources include the headers that it makes.
meson compile -C "$scratch/build" flatbuffers-generator
meson compile -C "$scratch/build" mediasoup-worker
install -m755 "$scratch/build/mediasoup-worker" "$scratch/mediasoup-worker"
