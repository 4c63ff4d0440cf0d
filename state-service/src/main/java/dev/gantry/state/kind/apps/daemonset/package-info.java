/** DaemonSets: a pod on each node that suits, and how they are replaced. */
@NullMarked
package dev.gantry.state.kind.apps.daemonset;

import org.jspecify.annotations.NullMarked;
