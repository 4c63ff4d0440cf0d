/**
 * The OpenAPI documents: v3 (an index, and a document per group and version) and v2.
 *
 * <p>Served resources and the schema in, documents out. kubectl explains and validates by them, and
 * reads merge keys from them. Descriptions are those that the Kubernetes Java Client's models
 * carry.
 */
@NullMarked
package dev.gantry.state.openapi;

import org.jspecify.annotations.NullMarked;
