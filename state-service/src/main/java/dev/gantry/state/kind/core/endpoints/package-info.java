/** Endpoints: the old form of what EndpointSlices say. */
@NullMarked
package dev.gantry.state.kind.core.endpoints;

import org.jspecify.annotations.NullMarked;
