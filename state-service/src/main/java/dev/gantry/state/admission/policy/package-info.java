/**
 * Admission policies: a request, the policies in force and their parameters in; admitted or refused
 * out, and warnings in the request's notes.
 */
@NullMarked
package dev.gantry.state.admission.policy;

import org.jspecify.annotations.NullMarked;
