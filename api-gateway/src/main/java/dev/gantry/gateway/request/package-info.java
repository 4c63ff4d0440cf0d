/**
 * What a request says, before anybody judges it: text in, values out.
 *
 * <p>Method and path are parsed by the shared model; here are queries, headers and deadlines.
 */
@NullMarked
package dev.gantry.gateway.request;

import org.jspecify.annotations.NullMarked;
