package dev.gantry.state.admission.match;

import dev.gantry.model.kind.Resources;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;

/** What requests say of their place, as webhooks and policies see it. */
public final class Requests {
    private Requests() {}

    /** Empty where the object is created and its name generated. */
    public static String nameOf(AdmissionRequest request) {
        String asked = request.subject().key().name();
        boolean isNew = request.operation() == Operation.CREATE && request.subresource().isEmpty();
        return isNew ? request.resource().name() : asked;
    }

    /** Compat: a namespace is in the namespace of its own name. */
    public static String namespaceOf(AdmissionRequest request) {
        return request.kind().resource().equals(Resources.NAMESPACES)
                ? nameOf(request)
                : request.subject().key().namespace();
    }

    static boolean writesNamespace(AdmissionRequest request) {
        return request.kind().resource().equals(Resources.NAMESPACES)
                && request.subresource().isEmpty()
                && (request.operation() == Operation.CREATE
                        || request.operation() == Operation.UPDATE);
    }

    /** What the request is about as it was before, where admission shows that. */
    public static boolean showsStored(AdmissionRequest request) {
        return request.stored().isPresent()
                && (request.operation() == Operation.UPDATE
                        || request.operation() == Operation.DELETE);
    }

    /** A deletion brings no object. */
    public static boolean showsObject(AdmissionRequest request) {
        return request.operation() != Operation.DELETE;
    }
}
