# Sourced by examples/run.sh and tests/run.sh: makes sure that what the build needs is there.
#   need PACKAGE...   installs the Debian packages that are missing, or says how to elsewhere

say_how() {
  cat >&2 <<'HOW'
What the build needs is missing and cannot be installed from here. Install it, then run this again:

  Debian, Ubuntu   apt-get install gcc cmake make pkg-config libigraph-dev libshp-dev \
                     libcjson-dev libgsl-dev libproj-dev libcairo2-dev zlib1g-dev libzip-dev \
                     libsqlite3-dev libhdf5-dev libcmocka-dev valgrind libopenmpi-dev openmpi-bin
  Fedora           dnf install gcc cmake make pkgconf igraph-devel shapelib-devel cjson-devel \
                     gsl-devel proj-devel cairo-devel zlib-devel libzip-devel \
                     sqlite-devel hdf5-devel libcmocka-devel openmpi-devel
  Arch             pacman -S gcc cmake make pkgconf igraph shapelib cjson gsl proj cairo zlib \
                     libzip sqlite hdf5 cmocka openmpi
  macOS            brew install cmake pkg-config igraph shapelib cjson gsl proj cairo libzip \
                     sqlite hdf5 cmocka libomp open-mpi
HOW
  exit 1
}

# The tools and libraries of the packages are there, whoever installed them.
all_there() {
  for tool in cc cmake make pkg-config; do command -v $tool > /dev/null 2>&1 || return 1; done
  pkg-config --exists igraph shapelib libcjson gsl proj cairo-svg zlib libzip sqlite3 || return 1
  case " $* " in *" libcmocka-dev "*) pkg-config --exists cmocka || return 1 ;; esac
  case " $* " in *" openmpi-bin "*) command -v mpirun > /dev/null 2>&1 || return 1 ;; esac
  case " $* " in *" valgrind "*) command -v valgrind > /dev/null 2>&1 || return 1 ;; esac
}

need() {
  all_there "$@" && return 0
  command -v apt-get > /dev/null 2>&1 || say_how
  root=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null 2>&1 || say_how
    root=sudo
  fi
  echo "installing: $*" >&2
  $root apt-get update -qq > /dev/null || say_how
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    > /dev/null || say_how
}
