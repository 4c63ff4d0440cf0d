/**
 * What is said between the platform and a KMS plugin, and what is kept of it: messages and sealed
 * objects to bytes and back.
 *
 * <p>Compat: the messages of {@code k8s.io/kms/apis/v2}. Asks nobody and encrypts nothing.
 */
@NullMarked
package dev.gantry.state.secret.kms;

import org.jspecify.annotations.NullMarked;
