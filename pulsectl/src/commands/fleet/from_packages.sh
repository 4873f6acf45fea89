set -e
if ! command -v apt-get >/dev/null; then
  echo "this host has no apt-get: say with --install what installs pulse-agent" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
# The package's own revision follows the version: 1.4.2-1.
plain=$(printf %s "$VERSION" | sed 's/[.+*^$]/\\&/g')
found=$(apt-cache madison pulse-agent | sed -n "s/^ *pulse-agent *| *\($plain\(-[^ |]*\)\{0,1\}\) *|.*/\1/p" | sed -n 1p)
if [ -z "$found" ]; then
  echo "pulse-agent $VERSION is in no package source of this host" >&2
  exit 1
fi
apt-get install -y --allow-downgrades -o Dpkg::Options::=--force-confold "pulse-agent=$found"
