/**
 * {@code docker compose up} in the clone, tried with a real Docker Engine: one that runs already,
 * or Debian's, started for the tests and ended with them. {@code docker run} as {@code
 * deploy/README.md} tells it and {@code GantryContainer} are tried there, too.
 *
 * <p>Images are built once for all tests, and layers whose parts are unchanged are those of the run
 * before. Where no registry is near, Debian's image is made with mmdebstrap, and stand-ins of
 * PostgreSQL's and Kafka's images from {@code src/test/compose}. The jars are those that were built
 * already, in place of the stage that builds them.
 */
@NullMarked
package dev.gantry.acceptance.compose;

import org.jspecify.annotations.NullMarked;
