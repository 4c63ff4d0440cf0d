/**
 * What passes through the proxies of pods, Services and nodes, and how.
 *
 * <p>Headers, links and HTML in, the same as the client needs them out. Which address may be
 * reached is decided here; nothing is connected to.
 */
@NullMarked
package dev.gantry.gateway.proxy;

import org.jspecify.annotations.NullMarked;
