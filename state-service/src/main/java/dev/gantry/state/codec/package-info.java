/**
 * Bodies of requests and replies: which form a client wants, bytes into trees, trees into bytes.
 *
 * <p>JSON, YAML and Kubernetes' protobuf, whole or as frames of a watch. What is wrong with a body
 * comes out as a Refusal in upstream's words. Knows types, not objects: whether a value makes sense
 * is for the strategies.
 */
@NullMarked
package dev.gantry.state.codec;

import org.jspecify.annotations.NullMarked;
