/**
 * The Pod Security Standards: a pod and a level in, what the level forbids out; labels of a
 * namespace in, the levels it is held to out.
 *
 * <p>Compat: {@code k8s.io/pod-security-admission}, with its words. Pure; the plugin says when it
 * is asked.
 */
@NullMarked
package dev.gantry.state.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
