/** Ingresses: which Services requests from outside go to, by host and path. */
@NullMarked
package dev.gantry.state.kind.networking.ingress;

import org.jspecify.annotations.NullMarked;
