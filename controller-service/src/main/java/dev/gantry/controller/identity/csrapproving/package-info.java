/**
 * Approves the requests with which machines get, and renew, the certificate of their node.
 *
 * <p>A request for a kubelet's client certificate in; the condition Approved out, where whoever
 * made it may {@code create certificatesigningrequests/nodeclient}, or {@code /selfnodeclient} for
 * a certificate of the name that they have already; and a node's request for its serving
 * certificate, where it may {@code create certificatesigningrequests/selfnodeserver} and asks for
 * nothing that is another's. Denies nothing: other requests are left to people.
 *
 * <p>Compat: pkg/controller/certificates/approver. There serving certificates are left to people, a
 * first certificate is issued also in the name of a Node that is there, and renewed for one that is
 * not.
 */
@NullMarked
package dev.gantry.controller.identity.csrapproving;

import org.jspecify.annotations.NullMarked;
