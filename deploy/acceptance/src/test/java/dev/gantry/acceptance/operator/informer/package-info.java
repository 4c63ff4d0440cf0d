/** Sites by the Kubernetes Java Client: its informers, its controller and its leader election. */
@NullMarked
package dev.gantry.acceptance.operator.informer;

import org.jspecify.annotations.NullMarked;
