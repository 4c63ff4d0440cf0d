package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compat: {@code validateMetrics}. */
final class MetricRules {
    private static final List<String> TYPES =
            List.of("ContainerResource", "External", "Object", "Pods", "Resource");

    private static final Map<String, String> SOURCE_OF =
            Map.of(
                    "Object", "object",
                    "External", "external",
                    "Pods", "pods",
                    "Resource", "resource",
                    "ContainerResource", "containerResource");

    private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

    private MetricRules() {}

    static void check(Field metrics, boolean mayBeZero) {
        boolean isFromOutside = false;
        for (Field metric : metrics.items()) {
            metric(metric);
            isFromOutside |= List.of("Object", "External").contains(metric.text("type"));
        }
        if (mayBeZero && !isFromOutside) {
            metrics.forbidden(
                    "must specify at least one Object or External metric to support scaling to zero"
                            + " replicas");
        }
    }

    /** Compat: only the first source is looked into, and a wrong type is told of twice. */
    private static void metric(Field metric) {
        Field type = metric.child("type");
        if (type.isEmpty()) {
            type.required("must specify a metric source type");
        }
        if (!TYPES.contains(type.text())) {
            type.notSupportedText(type.text(), TYPES);
        }
        List<String> given = new ArrayList<>();
        Metrics.SOURCES.stream().filter(metric::has).forEach(given::add);
        if (!given.isEmpty()) {
            source(metric.child(given.getFirst()), given.getFirst());
        }
        String expected = SOURCE_OF.getOrDefault(type.text(), "");
        if (expected.isEmpty()) {
            type.notSupportedText(type.text(), TYPES);
        } else if (!metric.has(expected)) {
            metric.child(expected)
                    .required("must populate information for the given metric source");
        }
        if (given.size() != 1) {
            given.remove(expected);
            for (String other : given) {
                metric.child(other).forbidden("must populate the given metric source only");
            }
        }
    }

    private static void source(Field source, String name) {
        switch (name) {
            case "object" -> {
                described(source.child("describedObject"));
                identifier(source.child("metric"));
                target(source.child("target"));
                needsAmount(
                        source.child("target"), "must set either a target value or averageValue");
            }
            case "external" -> {
                identifier(source.child("metric"));
                target(source.child("target"));
                external(source.child("target"));
            }
            case "pods" -> {
                identifier(source.child("metric"));
                target(source.child("target"));
                if (!source.child("target").has("averageValue")) {
                    source.child("target", "averageValue")
                            .required("must specify a positive target averageValue");
                }
            }
            default -> resource(source, name.equals("containerResource"));
        }
    }

    private static void described(Field object) {
        AutoscalerRules.reference(object);
        Field version = object.child("apiVersion");
        if (version.text().chars().filter(each -> each == '/').count() > 1) {
            version.invalid("unexpected GroupVersion string: " + version.text());
        }
    }

    private static void external(Field target) {
        needsAmount(target, "must set either a target value for metric or a per-pod target");
        if (target.has("value") && target.has("averageValue")) {
            target.child("value")
                    .forbidden("may not set both a target value for metric and a per-pod target");
        }
    }

    private static void needsAmount(Field target, String why) {
        if (!target.has("value") && !target.has("averageValue")) {
            target.child("averageValue").required(why);
        }
    }

    private static void resource(Field source, boolean isOfContainer) {
        Field name = source.child("name");
        if (name.isEmpty()) {
            name.required("must specify a resource name");
        } else if (isOfContainer) {
            ResourceNames.checkContainerName(name, name.text());
        }
        if (isOfContainer) {
            Field container = source.child("container");
            if (container.isEmpty()) {
                container.required("must specify a container");
            } else {
                container.invalidFor(Names.dnsLabel(container.text()));
            }
        }
        Field target = source.child("target");
        target(target);
        if (!target.has("averageUtilization") && !target.has("averageValue")) {
            target.child("averageUtilization")
                    .required("must set either a target raw value or a target utilization");
        }
        if (target.has("averageUtilization") && target.has("averageValue")) {
            target.child("averageValue")
                    .forbidden("may not set both a target raw value and a target utilization");
        }
    }

    private static void identifier(Field metric) {
        Field name = metric.child("name");
        if (name.isEmpty()) {
            name.required("must specify a metric name");
        } else {
            name.invalidFor(Names.pathSegment(name.text()));
        }
    }

    private static void target(Field target) {
        Field type = target.child("type");
        if (type.isEmpty()) {
            type.required("must specify a metric target type");
        }
        if (!TARGETS.contains(type.text())) {
            type.invalidText(type.text(), "must be either Utilization, Value, or AverageValue");
        }
        for (String name : List.of("value", "averageValue")) {
            Field amount = target.child(name);
            if (amount.isSet() && amount.quantity().map(each -> each.signum()).orElse(0) <= 0) {
                amount.invalid("must be positive");
            }
        }
        Field share = target.child("averageUtilization");
        if (share.isSet() && share.number() < 1) {
            share.invalid("must be greater than 0");
        }
    }
}
