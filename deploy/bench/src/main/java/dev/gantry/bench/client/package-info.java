/** Which API server is measured, and connections to it that cost the measuring machine little. */
@NullMarked
package dev.gantry.bench.client;

import org.jspecify.annotations.NullMarked;
