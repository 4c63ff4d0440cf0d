package dev.gantry.cli.remedy;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A change of the pod itself. */
public sealed interface PodRemedy extends Remedy
        permits PodRemedy.LowerRequest,
                PodRemedy.Tolerate,
                PodRemedy.DropSelector,
                PodRemedy.DropNodeAffinity,
                PodRemedy.DropTerm,
                PodRemedy.RelaxSpread,
                PodRemedy.DropVolume,
                PodRemedy.DropDevice,
                PodRemedy.AllowPreemption {
    /** Makes the change in a copy of the pod's spec. */
    void edit(ObjectNode spec);

    @Override
    default String alike() {
        return text();
    }

    /**
     * @param asked what it asks for now, in thousandths for cpu
     * @param most what it may ask for
     */
    record LowerRequest(String resource, long asked, long most, boolean isOfOneContainer)
            implements PodRemedy {
        LowerRequest atMost(long other) {
            return new LowerRequest(resource, asked, other, isOfOneContainer);
        }

        @Override
        public String text() {
            if (most == 0) {
                return "it asked for no " + resource;
            }
            String whose = isOfOneContainer ? " request were ≤ " : " requests together were ≤ ";
            return "its " + resource + whose + Requests.amount(resource, most);
        }

        @Override
        public String alike() {
            return "request of " + resource;
        }

        @Override
        public double weight() {
            return 10 + 10.0 * (asked - most) / asked + (most == 0 ? 10 : 0);
        }

        @Override
        public void edit(ObjectNode spec) {
            Requests.lower(spec, resource, most);
        }
    }

    record Tolerate(String key, String value, String effect) implements PodRemedy {
        @Override
        public String text() {
            String pair = value.isEmpty() ? key : key + "=" + value;
            return "it tolerated " + pair + ":" + effect;
        }

        @Override
        public double weight() {
            return 12;
        }

        @Override
        public void edit(ObjectNode spec) {
            Resource.array(spec, "tolerations")
                    .addObject()
                    .put("key", key)
                    .put("operator", "Equal")
                    .put("value", value)
                    .put("effect", effect);
        }
    }

    record DropSelector(String key, String value) implements PodRemedy {
        @Override
        public String text() {
            return "its nodeSelector did not ask for " + key + "=" + value;
        }

        @Override
        public double weight() {
            return 13;
        }

        @Override
        public void edit(ObjectNode spec) {
            Resource.child(spec, "nodeSelector").remove(key);
            if (spec.path("nodeSelector").isEmpty()) {
                spec.remove("nodeSelector");
            }
        }
    }

    record DropNodeAffinity() implements PodRemedy {
        @Override
        public String text() {
            return "it had no required node affinity";
        }

        @Override
        public double weight() {
            return 15;
        }

        @Override
        public void edit(ObjectNode spec) {
            Resource.child(Resource.child(spec, "affinity"), "nodeAffinity").remove(Terms.REQUIRED);
        }
    }

    /**
     * @param side podAffinity or podAntiAffinity
     * @param preference in words
     */
    record DropTerm(String side, int index, String preference) implements PodRemedy {
        @Override
        public String text() {
            return "it did not have to be " + preference;
        }

        @Override
        public double weight() {
            return 16;
        }

        @Override
        public void edit(ObjectNode spec) {
            Resource.array(Resource.child(Resource.child(spec, "affinity"), side), Terms.REQUIRED)
                    .remove(index);
        }
    }

    /**
     * @param maxSkew from where on it fits; 0 where no number helps and the rule must become a
     *     preference
     */
    record RelaxSpread(int index, String topologyKey, int before, int maxSkew)
            implements PodRemedy {
        RelaxSpread atLeast(int other) {
            return new RelaxSpread(index, topologyKey, before, other);
        }

        @Override
        public String text() {
            return maxSkew == 0
                    ? "its spread over " + topologyKey + " were only preferred"
                    : "its maxSkew over " + topologyKey + " were ≥ " + maxSkew;
        }

        @Override
        public String alike() {
            return "spread over " + topologyKey;
        }

        @Override
        public double weight() {
            return maxSkew == 0 ? 18 : 11 + Math.min(9, maxSkew - before);
        }

        @Override
        public void edit(ObjectNode spec) {
            ObjectNode rule = (ObjectNode) spec.path("topologySpreadConstraints").get(index);
            if (maxSkew == 0) {
                rule.put("whenUnsatisfiable", "ScheduleAnyway");
            } else {
                rule.put("maxSkew", maxSkew);
            }
        }
    }

    record DropVolume(String volume, String what) implements PodRemedy {
        @Override
        public String text() {
            return "it did not use its volume " + volume + " (" + what + ")";
        }

        @Override
        public double weight() {
            return 25;
        }

        @Override
        public void edit(ObjectNode spec) {
            removeNamed(Resource.array(spec, "volumes"), volume);
        }
    }

    record DropDevice(String claim) implements PodRemedy {
        @Override
        public String text() {
            return "it did not use its resource claim " + claim;
        }

        @Override
        public double weight() {
            return 25;
        }

        @Override
        public void edit(ObjectNode spec) {
            removeNamed(Resource.array(spec, "resourceClaims"), claim);
        }
    }

    /**
     * Its policy is Never; were it not, others would make way by themselves.
     *
     * @param victims those who would, on the node that the scheduler would choose
     */
    record AllowPreemption(List<ObjectKey> victims) implements PodRemedy {
        @Override
        public String text() {
            return "its preemptionPolicy were PreemptLowerPriority: %s of lower priority would make way (%s)"
                    .formatted(VictimChoice.count(victims), VictimChoice.names(victims));
        }

        @Override
        public String alike() {
            return "allow preemption";
        }

        /** Just under that of as many pods that leave by themselves. */
        @Override
        public double weight() {
            return 11 + 3 * Math.min(victims.size(), 20);
        }

        @Override
        public void edit(ObjectNode spec) {
            spec.put("preemptionPolicy", "PreemptLowerPriority");
        }
    }

    private static void removeNamed(ArrayNode items, String name) {
        for (int i = items.size() - 1; i >= 0; i--) {
            JsonNode each = items.get(i);
            if (Resource.text(each, "name").equals(name)) {
                items.remove(i);
            }
        }
    }
}
