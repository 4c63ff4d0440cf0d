package dev.gantry.scheduler.plugin.dynamicresources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.device.DeviceId;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.DeviceClass;
import dev.gantry.scheduler.snapshot.device.NodeChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a claim gets as it stands in the claim's status. */
final class AllocationWriter {
    private AllocationWriter() {}

    /**
     * @param node where the pod goes
     */
    static ObjectNode write(DeviceClaim claim, List<Grant> grants, String node, DeviceBook book) {
        ObjectNode allocation = JsonNodeFactory.instance.objectNode();
        ObjectNode devices = allocation.putObject("devices");
        ArrayNode results = devices.putArray("results");
        for (Grant each : grants) {
            results.add(result(claim, each, results.size()));
        }
        ArrayNode config = config(claim, grants, book);
        if (!config.isEmpty()) {
            devices.set("config", config);
        }
        ObjectNode selector = nodeSelector(grants, node);
        if (!selector.isEmpty()) {
            allocation.set("nodeSelector", selector);
        }
        return allocation;
    }

    private static ObjectNode result(DeviceClaim claim, Grant grant, int index) {
        DeviceId id = grant.device().id();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("request", grant.option().name())
                .put("driver", id.driver())
                .put("pool", id.pool())
                .put("device", id.device());
        if (grant.option().isAdmin()) {
            result.put("adminAccess", true);
        }
        if (!grant.option().tolerated().isEmpty()) {
            result.set("tolerations", grant.option().tolerated().deepCopy());
        }
        put(result, "bindingConditions", grant.device().conditions().awaited());
        put(result, "bindingFailureConditions", grant.device().conditions().fatal());
        if (grant.device().isShared()) {
            result.put("shareID", shareId(claim, id, index));
            ObjectNode consumed = JsonNodeFactory.instance.objectNode();
            String ours = id.driver() + "/";
            grant.portions()
                    .forEach(
                            (name, amount) ->
                                    consumed.put(
                                            name.startsWith(ours)
                                                    ? name.substring(ours.length())
                                                    : name,
                                            amount.toString()));
            if (!consumed.isEmpty()) {
                result.set("consumedCapacity", consumed);
            }
        }
        return result;
    }

    /** The same decision has the same identity, so that sending it twice is one effect. */
    private static String shareId(DeviceClaim claim, DeviceId device, int index) {
        String seed = claim.uid() + "/" + device + "/" + index;
        return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)).toString();
    }

    /** Compat: first what classes say, each once, then what the claim says of its requests. */
    private static ArrayNode config(DeviceClaim claim, List<Grant> grants, DeviceBook book) {
        Map<String, Set<String>> byClass = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (Grant each : grants) {
            byClass.computeIfAbsent(each.option().className(), _ -> new LinkedHashSet<>())
                    .add(each.option().name());
            names.add(each.option().name());
            names.add(each.request().name());
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        byClass.forEach(
                (name, requests) -> {
                    for (JsonNode each :
                            book.deviceClass(name).map(DeviceClass::config).orElse(List.of())) {
                        all.add(config(each, "FromClass", List.copyOf(requests), claim));
                    }
                });
        for (JsonNode each : claim.config()) {
            List<String> requests = new ArrayList<>();
            each.path("requests").forEach(request -> requests.add(request.asString("")));
            if (requests.isEmpty() || requests.stream().anyMatch(names::contains)) {
                all.add(config(each, "FromClaim", requests, claim));
            }
        }
        return all;
    }

    /** Requests that are all there are need not be named. */
    private static ObjectNode config(
            JsonNode written, String source, List<String> requests, DeviceClaim claim) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("source", source);
        if (!requests.isEmpty() && requests.size() != claim.requests().size()) {
            ArrayNode named = config.putArray("requests");
            requests.forEach(named::add);
        }
        if (written.has("opaque")) {
            config.set("opaque", written.path("opaque").deepCopy());
        }
        return config;
    }

    /** Compat: {@code createNodeSelector}. Empty where the devices can be used from everywhere. */
    private static ObjectNode nodeSelector(List<Grant> grants, String node) {
        ObjectNode selector = JsonNodeFactory.instance.objectNode();
        Set<JsonNode> fields = new LinkedHashSet<>();
        Set<JsonNode> expressions = new LinkedHashSet<>();
        for (Grant each : grants) {
            NodeChoice nodes = each.candidate().nodes();
            if (!nodes.node().isEmpty() || each.device().isNodeBound()) {
                ObjectNode term = selector.putArray("nodeSelectorTerms").addObject();
                ObjectNode field = term.putArray("matchFields").addObject();
                field.put("key", "metadata.name")
                        .put("operator", "In")
                        .putArray("values")
                        .add(node);
                return selector;
            }
            JsonNode term = nodes.selector().path("nodeSelectorTerms").path(0);
            term.path("matchFields").forEach(fields::add);
            term.path("matchExpressions").forEach(expressions::add);
        }
        if (fields.isEmpty() && expressions.isEmpty()) {
            return selector;
        }
        ObjectNode term = selector.putArray("nodeSelectorTerms").addObject();
        put(term, "matchFields", fields);
        put(term, "matchExpressions", expressions);
        return selector;
    }

    private static void put(ObjectNode result, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = result.putArray(name);
            texts.forEach(list::add);
        }
    }

    private static void put(ObjectNode term, String name, Set<JsonNode> requirements) {
        if (!requirements.isEmpty()) {
            ArrayNode list = term.putArray(name);
            requirements.forEach(each -> list.add(each.deepCopy()));
        }
    }
}
