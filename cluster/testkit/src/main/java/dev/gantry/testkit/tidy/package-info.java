/**
 * Java source files as syntax trees, and what is untidy about them.
 *
 * <p>Source in, sentences out. Judges one file at a time and knows nothing of types: what needs
 * types is for the architecture rules.
 */
@NullMarked
package dev.gantry.testkit.tidy;

import org.jspecify.annotations.NullMarked;
