/**
 * Keeps the EndpointSlices of Services.
 *
 * <p>A {@link dev.gantry.controller.network.endpointslice.EndpointSliceView} in; slices made,
 * changed and deleted out.
 *
 * <p>Invariant: no endpoint stands in two slices of one family, and no slice holds more than a
 * hundred. An endpoint stays in its slice for as long as it is wanted.
 *
 * <p>Compat: pkg/controller/endpointslice of Kubernetes. Topology hints are not given.
 */
@NullMarked
package dev.gantry.controller.network.endpointslice;

import org.jspecify.annotations.NullMarked;
