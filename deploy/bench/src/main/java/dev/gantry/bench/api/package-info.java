/**
 * Requests of one kind, sent as fast as they are answered: which objects, which requests, how many
 * a second.
 */
@NullMarked
package dev.gantry.bench.api;

import org.jspecify.annotations.NullMarked;
