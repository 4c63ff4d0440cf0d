/**
 * Issues certificates for CertificateSigningRequests that were approved.
 *
 * <p>An approved request of one of Kubernetes' own signers in; its certificate, or the condition
 * Failed with a reason, out. Whether a request is to be approved is decided by others: people, or
 * {@code csrapproving}.
 *
 * <p>Invariant: no certificate names one of Gantry's own services, whoever approved it: parts of
 * the platform tell each other by these names.
 *
 * <p>Compat: pkg/controller/certificates/signer and pkg/apis/certificates/helpers.go.
 */
@NullMarked
package dev.gantry.controller.identity.csrsigning;

import org.jspecify.annotations.NullMarked;
