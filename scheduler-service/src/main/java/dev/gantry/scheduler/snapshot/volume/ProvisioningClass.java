package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import dev.gantry.model.selector.NodeTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A StorageClass as placement sees it.
 *
 * @param isForConsumers whether claims wait for a pod to be placed (WaitForFirstConsumer)
 * @param topologies where volumes may be provisioned; empty means anywhere
 */
public record ProvisioningClass(
        String name, String provisioner, boolean isForConsumers, List<NodeTerm> topologies) {
    private static final String NONE = "kubernetes.io/no-provisioner";

    public static ProvisioningClass of(Resource object) {
        List<NodeTerm> topologies = new ArrayList<>();
        object.tree().path("allowedTopologies").forEach(each -> topologies.add(term(each)));
        return new ProvisioningClass(
                object.name(),
                Resource.text(object.tree(), "provisioner"),
                Resource.text(object.tree(), "volumeBindingMode").equals("WaitForFirstConsumer"),
                List.copyOf(topologies));
    }

    public boolean canProvision() {
        return !provisioner.isEmpty() && !provisioner.equals(NONE);
    }

    public boolean allows(Map<String, String> nodeLabels) {
        return topologies.isEmpty() || NodeTerm.anySelects(topologies, "", nodeLabels);
    }

    private static NodeTerm term(JsonNode topology) {
        List<Requirement> all = new ArrayList<>();
        for (JsonNode each : topology.path("matchLabelExpressions")) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asString("")));
            all.add(new Requirement(Resource.text(each, "key"), Operator.IN, List.copyOf(values)));
        }
        return new NodeTerm(new LabelSelector(all), LabelSelector.EVERYTHING);
    }
}
