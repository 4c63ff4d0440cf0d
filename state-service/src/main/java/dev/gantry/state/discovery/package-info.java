/**
 * Which groups, versions and resources are served: the documents of discovery.
 *
 * <p>Served resources in, documents out, each with its ETag. Plain (a document per group and
 * version) and aggregated. Says nothing about types: that is OpenAPI.
 */
@NullMarked
package dev.gantry.state.discovery;

import org.jspecify.annotations.NullMarked;
