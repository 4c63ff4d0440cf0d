/** NetworkPolicies: which connections of pods are allowed. */
@NullMarked
package dev.gantry.state.kind.networking.networkpolicy;

import org.jspecify.annotations.NullMarked;
