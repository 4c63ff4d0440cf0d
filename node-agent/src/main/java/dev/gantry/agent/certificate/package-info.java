/**
 * The certificates of a node: what is asked of the cluster for one, what its answer means, and when
 * to ask for the next.
 *
 * <p>A public key, a PKCS #10 text and an object of the API in; a CertificateSigningRequest, a
 * {@link dev.gantry.agent.certificate.SigningAnswer} or a time out. Makes no keys and sends
 * nothing.
 */
@NullMarked
package dev.gantry.agent.certificate;

import org.jspecify.annotations.NullMarked;
