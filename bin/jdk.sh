# Sourced by the scripts that start a JVM.

# Prints the home of a Java 25 or newer that has a program, such as java or javac, if there is one.
find_java_home() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/*; do
    if [ -x "$candidate/bin/$1" ] && [ -f "$candidate/release" ] \
        && grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$candidate/release"; then
      echo "$candidate"
      return
    fi
  done
}
