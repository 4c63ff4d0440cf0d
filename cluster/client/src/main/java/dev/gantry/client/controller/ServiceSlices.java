package dev.gantry.client.controller;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/** EndpointSlices name their Service by a label, whoever keeps them. */
public final class ServiceSlices {
    public static final String SERVICE_NAME = "kubernetes.io/service-name";

    private ServiceSlices() {}

    /** Empty where the slice names none. */
    public static Optional<ObjectKey> serviceOf(Resource slice) {
        String name = Resource.text(slice.metadata().path("labels"), SERVICE_NAME);
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObjectKey(Resources.SERVICES, slice.namespace(), name));
    }
}
