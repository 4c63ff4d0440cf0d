/**
 * Kubernetes' protobuf, both ways, between bytes and JSON trees.
 *
 * <p>Driven by the descriptors of the published messages and by the schema: no code per kind.
 * Invariant: what is decoded equals what a Go client holds after decoding, written as JSON.
 */
@NullMarked
package dev.gantry.state.codec.protobuf;

import org.jspecify.annotations.NullMarked;
