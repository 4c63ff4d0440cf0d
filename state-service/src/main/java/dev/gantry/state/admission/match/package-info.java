/**
 * Which requests a webhook or a policy is about: rules and selectors x request -> the version in
 * which it sees the object, or nothing.
 */
@NullMarked
package dev.gantry.state.admission.match;

import org.jspecify.annotations.NullMarked;
