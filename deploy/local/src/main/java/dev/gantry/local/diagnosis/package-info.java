/**
 * Why something is not ready, in the words that a person needs: objects of the API in, sentences
 * out. Pure; who asks the API and who prints is elsewhere.
 */
@NullMarked
package dev.gantry.local.diagnosis;

import org.jspecify.annotations.NullMarked;
