/** CertificateSigningRequests: who asks for a certificate, and what became of it. */
@NullMarked
package dev.gantry.state.kind.certificates.certificatesigningrequest;

import org.jspecify.annotations.NullMarked;
