/** A Gantry cluster for the integration tests of any Java project, by Testcontainers. */
@NullMarked
package dev.gantry.testcontainers;

import org.jspecify.annotations.NullMarked;
