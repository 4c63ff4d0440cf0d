/**
 * The options of requests: query parameters and option bodies in, records out.
 *
 * <p>Reading is as permissive as upstream's; what contradicts itself is a refusal.
 */
@NullMarked
package dev.gantry.state.registry.option;

import org.jspecify.annotations.NullMarked;
