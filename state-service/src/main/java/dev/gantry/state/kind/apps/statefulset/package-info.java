/** StatefulSets: pods with an identity, and the claims that each of them has. */
@NullMarked
package dev.gantry.state.kind.apps.statefulset;

import org.jspecify.annotations.NullMarked;
