/**
 * JSON text into trees, in one pass that also checks the tree against its type.
 *
 * <p>Bytes and a type in; a tree, the unknown and duplicate fields, and the first type error out.
 * Values are brought into the form in which Kubernetes writes them (quantities, times); nulls are
 * dropped. Does not judge values otherwise.
 */
@NullMarked
package dev.gantry.state.codec.json;

import org.jspecify.annotations.NullMarked;
