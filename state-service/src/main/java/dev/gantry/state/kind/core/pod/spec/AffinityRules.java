package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where a pod wants to be, by nodes and by other pods. */
public final class AffinityRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String IN_BOTH = "exists in both matchLabelKeys and labelSelector";

    private AffinityRules() {}

    static void check(Field affinity) {
        nodes(affinity.child("nodeAffinity"));
        pods(affinity.child("podAffinity"));
        pods(affinity.child("podAntiAffinity"));
    }

    private static void nodes(Field affinity) {
        Field required = affinity.child(REQUIRED);
        if (required.isSet()) {
            nodeSelector(required);
        }
        for (Field term : affinity.child(PREFERRED).items()) {
            weight(term.child("weight"));
            nodeTerm(term.child("preference"), false);
        }
    }

    /** A {@code NodeSelector}: terms of which one must hold. */
    public static void nodeSelector(Field selector) {
        Field terms = selector.child("nodeSelectorTerms");
        if (terms.isEmpty()) {
            terms.required("must have at least one node selector term");
        }
        terms.items().forEach(each -> nodeTerm(each, true));
    }

    /** Compat: a preference may ask for values that no label can have. */
    private static void nodeTerm(Field term, boolean checksValues) {
        for (Field requirement : term.child("matchExpressions").items()) {
            nodeRequirement(requirement);
            for (Field value : requirement.child("values").items()) {
                if (checksValues) {
                    value.invalidFor(Names.labelValue(value.text()));
                }
            }
        }
        term.child("matchFields").items().forEach(AffinityRules::nodeField);
    }

    private static void nodeRequirement(Field requirement) {
        Field values = requirement.child("values");
        boolean isComparing = Set.of("Gt", "Lt").contains(requirement.text("operator"));
        if (!isComparing) {
            LabelRules.operator(requirement);
        } else if (values.items().size() != 1) {
            values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
        LabelRules.labelKey(requirement.child("key"), requirement.text("key"));
    }

    private static void nodeField(Field requirement) {
        Field values = requirement.child("values");
        String operator = requirement.text("operator");
        if (!operator.equals("In") && !operator.equals("NotIn")) {
            requirement.child("operator").invalid("not a valid selector operator");
        } else if (values.items().size() != 1) {
            values.required(
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field"
                            + " selector");
        }
        if (!requirement.text("key").equals("metadata.name")) {
            requirement.child("key").invalid("not a valid field selector key");
            return;
        }
        values.items().forEach(each -> each.invalidFor(Names.dnsSubdomain(each.text())));
    }

    private static void weight(Field weight) {
        if (weight.number() < 1 || weight.number() > 100) {
            weight.invalidNumber("must be in the range 1-100");
        }
    }

    private static void pods(Field affinity) {
        affinity.child(REQUIRED).items().forEach(AffinityRules::podTerm);
        for (Field weighted : affinity.child(PREFERRED).items()) {
            weight(weighted.child("weight"));
            podTerm(weighted.child("podAffinityTerm"));
        }
    }

    private static void podTerm(Field term) {
        LabelRules.selector(term.child("labelSelector"));
        LabelRules.selector(term.child("namespaceSelector"));
        for (Field namespace : term.child("namespaces").items()) {
            namespace
                    .at(term.child("namespace").path())
                    .invalidFor(Names.dnsLabel(namespace.text()));
        }
        labelKeys(term);
        Field topology = term.child("topologyKey");
        if (topology.isEmpty()) {
            topology.required("can not be empty");
        }
        LabelRules.labelKey(topology, topology.text());
    }

    private static void labelKeys(Field term) {
        Field keys = term.child("matchLabelKeys");
        Field others = term.child("mismatchLabelKeys");
        keysNeedSelector(keys, term);
        keysNeedSelector(others, term);
        notInSelectorToo(term, keys);
        Set<String> mismatched = new TreeSet<>(others.texts());
        for (Field key : keys.items()) {
            if (mismatched.contains(key.text())) {
                key.invalid("exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    static void keysNeedSelector(Field keys, Field term) {
        if (keys.isEmpty()) {
            return;
        }
        if (!term.has("labelSelector")) {
            keys.forbidden("must not be specified when labelSelector is not set");
            return;
        }
        keys.items().forEach(each -> LabelRules.labelKey(each, each.text()));
    }

    /**
     * Compat: the requirements made from the keys are in the selector already, so one that is there
     * twice was the client's; it is reported at the term, with the index of the key.
     */
    static void notInSelectorToo(Field term, Field keys) {
        Map<String, Integer> indexes = new TreeMap<>();
        List<String> texts = keys.texts();
        for (int i = 0; i < texts.size(); i++) {
            indexes.put(texts.get(i), i);
        }
        Field selector = term.child("labelSelector");
        Set<String> seen = new TreeSet<>(selector.child("matchLabels").entries().keySet());
        for (Field expression : selector.child("matchExpressions").items()) {
            String key = expression.text("key");
            Integer index = indexes.get(key);
            if (index != null && seen.contains(key)) {
                term.at(term.path() + "[" + index + "]").invalidText(key, IN_BOTH);
            }
            seen.add(key);
        }
    }
}
