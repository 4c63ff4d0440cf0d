package dev.gantry.state.kind.resource.resourceslice;

import dev.gantry.state.kind.core.pod.spec.AffinityRules;
import dev.gantry.state.kind.resource.device.DeviceNames;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a driver publishes. Compat: {@code validateResourceSliceSpec}. */
final class SliceRules {
    private static final int MOST_DEVICES = 128;
    private static final int MOST_ADVANCED_DEVICES = 64;
    private static final int MOST_COUNTER_SETS = 8;
    private static final int MOST_COUNTERS = 32;

    private SliceRules() {}

    /**
     * @param stored the spec that is updated, if any
     */
    static void check(Field spec, Optional<JsonNode> stored) {
        DriverNames.check(spec.child("driver"));
        pool(spec.child("pool"));
        stored.ifPresent(before -> unchanged(spec, before));
        nodes(spec);
        Field devices = spec.child("devices");
        Field counters = spec.child("sharedCounters");
        if (devices.isSet() && counters.isSet()) {
            spec.invalidText("", "only one of `sharedCounters` or `devices` is allowed");
        }
        boolean isAdvanced =
                devices.items().stream()
                        .anyMatch(
                                each ->
                                        !each.child("taints").isEmpty()
                                                || !each.child("consumesCounters").isEmpty());
        if (DeviceNames.isShortEnough(devices, isAdvanced ? MOST_ADVANCED_DEVICES : MOST_DEVICES)) {
            boolean isByDevice = spec.child("perDeviceNodeSelection").isTrue();
            devices.items().forEach(each -> DeviceRules.check(each, isByDevice));
            DeviceNames.eachOnce(devices.items(), each -> each.text("name"));
        }
        if (DeviceNames.isShortEnough(counters, MOST_COUNTER_SETS)) {
            counters.items().forEach(each -> counters(each, "name"));
            DeviceNames.eachOnce(counters.items(), each -> each.text("name"));
        }
    }

    private static void unchanged(Field spec, JsonNode before) {
        spec.child("pool", "name").immutable(before.path("pool").path("name"));
        spec.child("driver").immutable(before.path("driver"));
        spec.child("nodeName").immutable(before.path("nodeName"));
    }

    private static void pool(Field pool) {
        DeviceNames.pool(pool.child("name"));
        Field count = pool.child("resourceSliceCount");
        if (count.number() <= 0) {
            count.invalidNumber("must be greater than zero");
        }
        Field generation = pool.child("generation");
        if (generation.number() < 0) {
            generation.invalid("must be greater than or equal to zero");
        }
    }

    /** A set of counters, under the name that {@code named} holds. */
    static void counters(Field set, String named) {
        Field name = set.child(named);
        if (name.isEmpty()) {
            name.required("");
        } else {
            DeviceNames.label(name);
        }
        Field counters = set.child("counters");
        if (counters.isEmpty()) {
            counters.required("");
        } else if (DeviceNames.isShortEnough(counters, MOST_COUNTERS)) {
            for (String key : counters.entries().keySet()) {
                Names.dnsLabel(key).forEach(each -> counters.invalidText(key, each));
            }
        }
    }

    private static void nodes(Field spec) {
        String all = "`nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
        List<String> given = new ArrayList<>(given(spec));
        Field byDevice = spec.child("perDeviceNodeSelection");
        if (byDevice.isTrue()) {
            given.add("`perDeviceNodeSelection`");
        } else if (byDevice.isSet()) {
            byDevice.invalid("must be either unset or set to true");
        }
        Field terms = spec.child("nodeSelector", "nodeSelectorTerms");
        if (spec.has("nodeSelector") && terms.items().size() != 1) {
            terms.invalid("must have exactly one node selector term");
        }
        if (given.isEmpty()) {
            spec.required("exactly one of " + all);
        } else if (given.size() > 1) {
            spec.invalidText(
                    "{" + String.join(", ", given) + "}",
                    "exactly one of " + all + ", but multiple fields are set");
        }
    }

    /** Which of the ways to name nodes are taken, in a slice or in a device. */
    static List<String> given(Field spec) {
        List<String> given = new ArrayList<>();
        Field node = spec.child("nodeName");
        if (!node.isEmpty()) {
            given.add("`nodeName`");
            DeviceNames.subdomain(node);
        } else if (node.isSet()) {
            node.invalid("must be either unset or set to a non-empty string");
        }
        if (spec.has("nodeSelector")) {
            given.add("`nodeSelector`");
            AffinityRules.nodeSelector(spec.child("nodeSelector"));
        }
        Field everywhere = spec.child("allNodes");
        if (everywhere.isTrue()) {
            given.add("`allNodes`");
        } else if (everywhere.isSet()) {
            everywhere.invalid("must be either unset or set to true");
        }
        return given;
    }
}
