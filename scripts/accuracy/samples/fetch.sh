#!/usr/bin/env bash
# Brings public captures of packets to a folder, for scripts/accuracy/samples/main.ts:
#   scripts/accuracy/samples/fetch.sh FOLDER
# Each comes from its project at a fixed version; what was there
# before is kept. They stay under their projects' licences, and are no part of this one. SAMPLES_FROM is
# where the repositories are, if not on GitHub. Needs git 2.35 or newer.
set -euo pipefail
from=${SAMPLES_FROM:-https://github.com}
folder=${1:?FOLDER}
mkdir -p "$folder"

# Repository, version, where its captures are, licence.
while read -r repository version where licence; do
  into="$folder/${repository//\//+}"
  [[ -e "$into" ]] && continue
  echo "$repository ($licence)" >&2
  rm -rf "$into.part"
  git init -q "$into.part"
  git -C "$into.part" remote add origin "$from/$repository"
  [[ "$where" == . ]] && under='' || under="/$where"
  git -C "$into.part" sparse-checkout set --no-cone "$under/**/*."{pcap,pcapng,cap,trace}{,.gz}
  git -C "$into.part" fetch -q --depth 1 --filter=blob:none origin "$version"
  git -C "$into.part" checkout -q FETCH_HEAD
  rm -rf "$into.part/.git"
  mv "$into.part" "$into"
done << 'SOURCES'
wireshark/wireshark v4.0.17 test/captures GPL-2.0-or-later
the-tcpdump-group/tcpdump tcpdump-4.99.3 tests BSD-3-Clause
zeek/zeek a13de64fbbdb01f90961c04719b308fbbb6d199e testing/btest/Traces BSD-3-Clause
OISF/suricata-verify 10a45e4bad6d29d0f1239d93119ea24e1bbdab19 tests MIT
ntop/nDPI 3b1286ab03b0c9223ac208a01868d8c1f6c0ae00 tests/cfgs/default/pcap LGPL-3.0
deepflowio/deepflow 2026e9de36c652672b9db924c90d00507ce8b169 agent/resources/test/flow_generator Apache-2.0
andrewkroh/beats cbdba8aa1645a896023e387b370b5b88960f3176 packetbeat/tests/system/pcaps Apache-2.0
arkime/arkime 2d2f3678796bcedc6655a276f476b7ddd457f3f2 tests/pcap Apache-2.0
seladb/PcapPlusPlus 200853b3a0b5ea2c443d6bee1a67f9c9c67b8f1b Tests Unlicense
prashantbarca/amqp-parser 5c61ec7d9659aa6c6d084c1bdd968795b60d0fd2 . no-licence-named
weihuacern/go_packet_playground 395598f27d91bbd9b00c1bd1918e996b09ffc693 pcap_data no-licence-named
zjczzZZ/gRPC_Monitor 9cb31ceb444fcf8ce6768d60156632e36792b642 . no-licence-named
vitalybupt/wireshark_samples 8f912f73b440551e46ecc3a27bbdd1be35fe0436 . no-licence-named
SOURCES
