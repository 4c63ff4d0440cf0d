/**
 * Operators as strangers write them, in processes of their own: one kind of custom resource, a
 * Site, and what has to become of it. Written twice, with the two libraries that Java has.
 */
@NullMarked
package dev.gantry.acceptance.operator;

import org.jspecify.annotations.NullMarked;
