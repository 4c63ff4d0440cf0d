/**
 * Patches: JSON Patch, merge patch and strategic merge patch.
 *
 * <p>A stored tree and a patch in; a new tree, or a Refusal in upstream's words, out. The stored
 * tree stays as it is. Server-side apply is elsewhere, since it also tracks who owns what; whether
 * the result makes sense is for the decoder and the strategies.
 */
@NullMarked
package dev.gantry.state.patch;

import org.jspecify.annotations.NullMarked;
