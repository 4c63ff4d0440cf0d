/**
 * The platform as a user meets it: a whole local cluster, unmodified kubectl, the Kubernetes Java
 * Client, real containers. One cluster serves all tests of a run; each test has its own namespace.
 */
@NullMarked
package dev.gantry.acceptance;

import org.jspecify.annotations.NullMarked;
