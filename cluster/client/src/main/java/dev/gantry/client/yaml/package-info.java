/**
 * YAML as Kubernetes reads it: nodes of a parsed document in, JSON out.
 *
 * <p>One reading for the API server and for the clients that read the same manifests. Parsing, and
 * the words for what is malformed, are others' matter.
 */
@NullMarked
package dev.gantry.client.yaml;

import org.jspecify.annotations.NullMarked;
