package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * One entry of {@code spec.metrics}.
 *
 * @param source what stands under the name of its type
 */
record MetricSpec(Type type, JsonNode source) {
    /** Where a metric comes from. */
    enum Type {
        RESOURCE("Resource", "resource"),
        CONTAINER_RESOURCE("ContainerResource", "containerResource"),
        PODS("Pods", "pods"),
        OBJECT("Object", "object"),
        EXTERNAL("External", "external");

        private final String wire;
        private final String field;

        Type(String wire, String field) {
            this.wire = wire;
            this.field = field;
        }

        String wire() {
            return wire;
        }

        String field() {
            return field;
        }

        /** The reason of events and conditions about a metric that cannot be had. */
        String failure() {
            return "FailedGet" + wire + "Metric";
        }
    }

    /** Empty for a type that is not known. */
    static Optional<MetricSpec> of(JsonNode metric) {
        for (Type type : Type.values()) {
            if (type.wire.equals(Resource.text(metric, "type"))) {
                return Optional.of(new MetricSpec(type, metric.path(type.field)));
            }
        }
        return Optional.empty();
    }

    /** Of a resource such as {@code cpu}, or of a custom metric. */
    String name() {
        return isOfResource()
                ? Resource.text(source, "name")
                : Resource.text(source.path("metric"), "name");
    }

    boolean isOfResource() {
        return type == Type.RESOURCE || type == Type.CONTAINER_RESOURCE;
    }

    /** Empty for all containers of a pod. */
    String container() {
        return Resource.text(source, "container");
    }

    JsonNode selector() {
        return source.path("metric").path("selector");
    }

    JsonNode describedObject() {
        return source.path("describedObject");
    }

    OptionalInt averageUtilization() {
        JsonNode percent = source.path("target").path("averageUtilization");
        return percent.isNumber() ? OptionalInt.of(percent.asInt()) : OptionalInt.empty();
    }

    OptionalLong averageValueMilli() {
        return milli("averageValue");
    }

    OptionalLong valueMilli() {
        return milli("value");
    }

    private OptionalLong milli(String field) {
        Optional<Quantity> found = Quantity.parse(Resource.text(source.path("target"), field));
        return found.isPresent() ? OptionalLong.of(found.get().toMilli()) : OptionalLong.empty();
    }
}
